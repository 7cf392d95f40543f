"""Where a workspace lives on disk: the only package that reads and writes its files."""
