"""Lifecycle rules: which images of an Amazon ECR repository expire, which objects of an Amazon S3
bucket get cheaper or go, and when."""
