"""TOML text: read, scan, edit and write it; this package knows no flows."""
