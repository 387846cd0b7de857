"""What a lab asks about lifecycle rules, and how it is judged."""
