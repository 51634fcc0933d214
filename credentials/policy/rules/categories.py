"""The offering is of one of the policy's categories, and of that category's kind (FW-1, DEF-5)."""
