"""An HTTP API of Amazon API Gateway: which route gets a request, and who is let in."""
