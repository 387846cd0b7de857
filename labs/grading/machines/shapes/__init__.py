"""The shape of a request to AWS: which keys it has, of which types."""
