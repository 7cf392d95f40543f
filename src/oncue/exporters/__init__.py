"""Flows as other systems configure them, with a report of what is lost there."""
