"""Amazon EC2 Auto Scaling: a group with its policies and schedules, simulated minute by minute."""
