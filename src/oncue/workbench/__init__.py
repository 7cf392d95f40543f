"""What every front end needs: the state and how it changes, search, transcript rows, JSON."""
