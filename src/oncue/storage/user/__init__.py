"""What belongs to the user and not into a workspace: state folder, drafts, settings, crash reports."""
