"""The pages of the appeals office: its board, log, closures, certificates, statistics."""
