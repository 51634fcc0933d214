"""The rules of appeals as pure functions: the life of a case, working days, texts of letters."""
