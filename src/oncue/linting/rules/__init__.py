"""One module per rule. Its docstring is the page of the rule in docs/checks; its examples are run by tests."""
