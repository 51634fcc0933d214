"""What stands on the agendas of meetings, and what happens to it there."""
