"""What commands print: one renderer per kind of result."""
