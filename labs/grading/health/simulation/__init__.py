"""What becomes of targets and of users under such settings, second by second."""
