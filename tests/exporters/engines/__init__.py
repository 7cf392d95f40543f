"""Exports run by the programs that they are for."""
