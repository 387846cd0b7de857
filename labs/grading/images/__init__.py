"""Dockerfiles: what a build makes of them, and what becomes of containers of that image."""
