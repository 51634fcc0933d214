"""What the policy asks, as plain Python with no queries of its own."""
