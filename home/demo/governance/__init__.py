"""The demonstration's committees, meetings, reviews, reports and records."""
