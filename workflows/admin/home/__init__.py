"""The admin's home page: what waits, the jobs, the menu, and what one is told of."""
