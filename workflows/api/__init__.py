"""The workflow API: what awaits a person, where proposals stand, and acting on them by token."""
