"""What becomes of containers of an image."""
