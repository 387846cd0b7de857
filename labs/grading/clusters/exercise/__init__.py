"""What a lab asks of a manifest."""
