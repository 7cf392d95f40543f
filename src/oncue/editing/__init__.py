"""What the user is doing: edits, and a session that remembers them."""
