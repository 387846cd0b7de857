"""Real processes, killed while they work: nothing is lost, nothing is judged twice."""
