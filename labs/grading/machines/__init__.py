"""What a machine or a task is started from, and what comes of it."""
