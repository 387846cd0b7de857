# User data for an instance with Amazon Linux 2023
