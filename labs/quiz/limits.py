"""How often one person may answer."""

ANSWERS_PER_MINUTE = 40
