"""Task definitions, and what becomes of their tasks."""
