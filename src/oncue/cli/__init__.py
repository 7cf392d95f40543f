"""The command line: a module per command in `commands`, what they print in `output`."""
