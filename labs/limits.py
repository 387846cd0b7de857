"""How often one person may ask for what labs cost us (`lessons/limits.py` counts)."""

from __future__ import annotations

LINTS_PER_MINUTE = 120
READINGS_PER_MINUTE = 40
DRAFTS_PER_MINUTE = 120  # the page saves at most every 1.5 s
COMPARISONS_PER_MINUTE = 60  # pages that compare two texts
TRIES_PER_MINUTE = 60  # in a lesson's text
