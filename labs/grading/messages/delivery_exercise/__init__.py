"""What a lab asks about queues and topics, and how it is judged."""
