"""Words → the pages that hold them, the best first. Plain Python without Django or a database, so
that every database gives the same answers: an index is a text, written by a sync."""
