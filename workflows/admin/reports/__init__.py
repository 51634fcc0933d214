"""The pages of the reports, with their filters and downloads."""
