"""What follows from what happens: receivers of the signals of this app."""
