"""State machines in the Amazon States Language: read, run on a clock of their own, and judged."""
