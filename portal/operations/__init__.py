"""What the portal lets its operator see and hear: numbers, log lines, errors and traces."""
