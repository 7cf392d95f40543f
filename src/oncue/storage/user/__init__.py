"""What belongs to the user and not to a workspace: state folder, drafts, settings, crash reports."""
