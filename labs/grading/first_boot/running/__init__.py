"""The script on the machine, line by line."""
