"""What becomes of the objects: pods on nodes, who answers, what is left after a loss."""
