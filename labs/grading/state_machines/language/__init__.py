"""The Amazon States Language as a learner writes it."""
