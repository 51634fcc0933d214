"""What is the appeals' own about reaching a case without an account: whose links, which address."""
