"""Who may see and do what with cases, and who belongs to the office."""
