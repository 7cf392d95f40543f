"""Read, scan, edit and write TOML text. Knows TOML and nothing of flows: what is special about a table is an argument."""
