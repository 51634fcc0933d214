"""The annual report as files: PDF, spreadsheets, data."""
