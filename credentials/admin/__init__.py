"""What the editors of the admin see of this app."""
