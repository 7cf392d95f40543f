"""Workspaces and the user's own files on disk: the only package that reads and writes them."""
