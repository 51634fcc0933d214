"""The pages of reviews: self-study, conclusion, schedule."""
