"""The linter: what is wrong with a workspace as a whole, found without playing anything that a user wrote."""
