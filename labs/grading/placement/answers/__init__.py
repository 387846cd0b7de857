"""What a learner wrote, as a placement."""
