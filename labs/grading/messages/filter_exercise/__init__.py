"""What a lab asks about a filter, and how it is judged."""
