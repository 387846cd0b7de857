"""What a lab asks of a placement, and what a verdict says of it."""
