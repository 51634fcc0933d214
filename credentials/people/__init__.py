"""People as the record knows them: accounts, roles, who is the same person as whom."""
