"""Two sets of rules beside each other: the plainest repository or object that they treat
differently."""
