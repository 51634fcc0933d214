"""What appellants and original decision-makers meet: no account, no JavaScript, nothing cached."""
