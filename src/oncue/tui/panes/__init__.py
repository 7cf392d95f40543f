"""The panes of the designer: each shows a part of the state and says what the user wants."""
