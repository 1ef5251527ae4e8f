"""Reviewing a draft: fact by fact a person says what is to be recorded; decisions outlive a crash and can be undone."""
