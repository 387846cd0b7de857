"""A group with its policies, alarms and scheduled actions, as a learner writes it down."""
