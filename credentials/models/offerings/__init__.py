"""What can be taken: the page types of offerings and the rows that belong to their pages."""
