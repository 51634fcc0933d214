"""A person's calendar, and the address where their own calendar program reads it."""
