"""Keeping a database safe: backups, what comes back from them, and whether all is well with what is there."""
