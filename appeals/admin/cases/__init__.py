"""The pages of one case, and the register of all."""
