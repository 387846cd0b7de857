"""Instructions → stages, layers and an image."""
