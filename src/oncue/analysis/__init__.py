"""What is so for every event that can happen: decisions, overlaps, coverage, and what a change changes."""
