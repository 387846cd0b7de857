"""How often one person may answer."""

ANSWERS_PER_MINUTE = 40
# Each is drawn and proven anew
TASKS_PER_MINUTE = 60
