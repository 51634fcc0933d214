"""The pages of meetings: agenda, running, minutes, and their documents."""
