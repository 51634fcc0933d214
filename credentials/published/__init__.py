"""What is published, held against what lies around it: rows of pages, other records' words."""
