"""What a group does over a day of load."""
