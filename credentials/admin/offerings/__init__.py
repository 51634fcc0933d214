"""The editor of offerings, its panels and guards, and the listing of all offerings."""
