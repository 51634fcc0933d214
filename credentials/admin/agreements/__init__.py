"""The pages of responsibilities agreements, and their register."""
