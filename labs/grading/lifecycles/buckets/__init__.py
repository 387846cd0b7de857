"""Lifecycle configurations of Amazon S3: read, and carried out midnight by midnight."""
