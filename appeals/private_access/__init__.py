"""How people without an account reach their case: links, codes, and limits on both."""
