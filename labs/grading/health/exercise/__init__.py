"""What a lab asks about a target group, and how it is judged."""
