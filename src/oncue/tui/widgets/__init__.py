"""Widgets: they show values, post messages, hold no truth and do no I/O."""
