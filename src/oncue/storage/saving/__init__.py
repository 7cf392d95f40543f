"""Saving: which files change, and how each of them, and all of them together, change as a whole or not at all."""
