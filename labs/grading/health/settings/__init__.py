"""A target group's settings, as a learner writes them down."""
