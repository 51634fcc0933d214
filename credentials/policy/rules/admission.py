"""The authority that the policy names settles admission, consulting whom it must (AD-1 to AD-4)."""
