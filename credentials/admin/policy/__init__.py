"""The pages on which a version of the policy is written, tried out and adopted."""
