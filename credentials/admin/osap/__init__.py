"""The pages of OSAP records, and their register."""
