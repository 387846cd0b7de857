"""What a lab asks about a group, and how it is judged."""
