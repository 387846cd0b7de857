"""Finding codes for those who look for flaws: habits that the IAM User Guide warns of in "Security
best practices in IAM"."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

GUIDELINES = "iam-guidelines"

HABIT_CODES = {
    "habit.root-key": Code(
        say("The root user has an access key"),
        say("Delete it: nothing limits the root user, and no policy can take its key back."),
        GUIDELINES,
    ),
    "habit.no-mfa": Code(
        say("Somebody signs in without MFA"),
        say("Let everybody who has a password set up a second factor, and enforce it."),
        GUIDELINES,
    ),
    "habit.shared-user": Code(
        say("Several people share a user"),
        say("Make a user for each of them: one physical user is one AWS user."),
        GUIDELINES,
    ),
    "habit.old-key": Code(
        say("An access key is old"),
        say("Make a second key, use it, and delete the old one; or use a role and no key."),
        GUIDELINES,
    ),
    "habit.unused-user": Code(
        say("A user that nobody uses is still there"),
        say("Remove the user: a way in that nobody watches is the best one for a thief."),
        GUIDELINES,
    ),
    "habit.key-on-server": Code(
        say("A server holds somebody's access key"),
        say("Give the server a role: its credentials come by themselves, and go by themselves."),
        GUIDELINES,
    ),
}
