"""Edits of a workspace, and the session that can undo them."""
