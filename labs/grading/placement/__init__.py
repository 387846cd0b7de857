"""What stands in which Availability Zone, and what is left when one of them is lost."""
