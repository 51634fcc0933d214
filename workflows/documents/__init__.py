"""Documents as plain data, which web pages and accessible PDF files show alike."""
