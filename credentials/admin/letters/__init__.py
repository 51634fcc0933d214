"""The pages on which the office writes the texts of letters and notices, and adopts them."""
