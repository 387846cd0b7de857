"""`*` and `?` in patterns: whether a text fits (`globs`), which patterns one text can fit together,
with the shortest text for each combination (`automata`), and what a search may cost (`budget`).
"""
