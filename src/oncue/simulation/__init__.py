"""Simulate conversations: what would these events start, and what would come of that?"""
