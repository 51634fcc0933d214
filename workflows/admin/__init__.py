"""What deciders and authors see of this app in the admin."""
