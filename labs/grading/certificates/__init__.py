"""Certificates of listeners: which one a visitor is shown, and whether a browser accepts it."""
