"""The timeline of an offering: what governance tells of it, and the page that joins it all."""
