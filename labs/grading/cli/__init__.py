"""The AWS CLI on a small account of a lab: who runs a command, where, and what it prints."""
