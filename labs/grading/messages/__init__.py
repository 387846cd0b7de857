"""Messages and events: what a filter lets through, and what becomes of a message on its way."""
