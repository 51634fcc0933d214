"""Private links with one-time codes, for people without an account: what all of them share."""
