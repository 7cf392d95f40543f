"""Dialogs, which have to be answered before anything else."""
