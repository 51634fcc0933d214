"""The page of a proposal and of a bundle, and the pages of what can be done to them."""
