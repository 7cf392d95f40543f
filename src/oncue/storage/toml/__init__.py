"""TOML text: read, scan, edit and write it. Knows nothing of flows: what is special about a table is an argument."""
