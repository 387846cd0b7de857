"""Bash as it is read: text → statements."""
