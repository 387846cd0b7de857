"""How long what is not needed for ever is kept, and who lets it go."""

from __future__ import annotations

from portal.env import env_int

# Days; 0: for ever. Grades, scores and completions always stay.
KEEP_REPORTS_DAYS = env_int("KEEP_REPORTS_DAYS", 730)  # what a verdict showed beyond its checks
KEEP_TEXTS_DAYS = env_int("KEEP_TEXTS_DAYS", 730)  # drafts, since their owner was last here
KEEP_AUDIT_DAYS = env_int("KEEP_AUDIT_DAYS", 730)

# Lists of `labs.cleaning.Cleaner`: each app says what it lets go.
CLEANERS = ["labs.retention.CLEANERS", "portal.retention.CLEANERS"]
CLEANERS += ["portal.digest.daily.CLEANERS"]
CLEANERS += ["portal.letters.delivery.CLEANERS", "labs.counting.COUNTING"]
CLEANERS += ["portal.regrades.work.CLEANERS"]
CLEANING_HOUR = 3  # of TIME_ZONE, when most people sleep
