"""Saving: what changes on disk, and how it changes whole or not at all."""
