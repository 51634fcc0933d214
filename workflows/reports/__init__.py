"""What the office reports on: queries only, a module for each report."""
