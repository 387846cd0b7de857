"""A state machine running, with answers in the place of what its tasks would call."""
