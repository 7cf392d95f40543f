"""Questions that have to be answered before anything else."""
