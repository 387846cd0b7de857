"""Target groups: what their settings come to over a recorded log, in plain Python."""
