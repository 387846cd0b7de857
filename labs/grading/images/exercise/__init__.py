"""What a lab asks of an image."""
