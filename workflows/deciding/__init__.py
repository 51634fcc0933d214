"""What a decision is taken on and how it is recorded, whatever stage it is taken at."""
