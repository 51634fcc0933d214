"""What of governance `manage.py verify_record` verifies."""
