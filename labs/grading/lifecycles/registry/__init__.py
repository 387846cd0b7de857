"""Lifecycle policies of Amazon ECR: read, and carried out day by day."""
