"""What a visitor meets: home, catalogue search, pages. The example that uses the plugin set."""
