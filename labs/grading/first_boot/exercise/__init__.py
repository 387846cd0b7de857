"""What a lab asks of a user data script, and how it is judged."""
