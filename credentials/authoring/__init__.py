"""Writing by other systems, through Wagtail's API."""
