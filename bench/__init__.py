"""How fast the catalogue is, beside stock Wagtail and the stack's own ceiling: `make bench`."""
