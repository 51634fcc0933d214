"""What counts toward a degree, and what the process for credit decided (DEF-8, FA-1, SC-2)."""
