"""The way back: flows made of what other systems exported, with a list of what could not be understood."""
