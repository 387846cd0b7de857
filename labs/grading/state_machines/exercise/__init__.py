"""What a lab asks of a state machine, and how it is judged."""
