"""The pages of personal API tokens, and the register of all."""
