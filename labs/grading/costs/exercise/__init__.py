"""What a lab asks about a calculation, how amounts are read, and what is said about them."""
