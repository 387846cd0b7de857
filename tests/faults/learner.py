"""Learners in a process of their own: reads commands, answers each with one line.

submit KIND TEXT      lea hands in an answer to the lab of that kind → its number
let WHO KIND TEXT     somebody else does, who learns with her
look NUMBER           → state, tries, grades, passed
claimed NUMBER        → tries, and when the last of them began

And their instructor's:

answered COUNT        so many others handed in, each their own text, and failed → the lab's number
regrade LAB           the lab has changed; a dry run begins → its number
apply REGRADE         what it found is applied
regraded REGRADE      → its stage, how many answers got their verdict, and how many grades and
                      letters there are
"""

from __future__ import annotations

import os
import sys
import uuid

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")

import django

django.setup()

from labs.models import Lab, Submission  # noqa: E402
from labs.queue import enqueue  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from tests.faults import regrading  # noqa: E402
from tests.rows import SMALL_COURSE, make_course, make_lab, make_user  # noqa: E402


def prepare() -> User:
    course = make_course(f"aws-{uuid.uuid4().hex[:8]}", SMALL_COURSE)
    for kind in ("words", "slow"):
        lab = make_lab(course, f"{kind}-{uuid.uuid4().hex[:8]}", kind=kind)
        lab.variants.update(table={"wanted": ["allow"]})
    return make_user("Lea", email=f"{uuid.uuid4().hex}@example.com")


def submit(user: User, kind: str, text: str) -> int:
    variant = Lab.objects.filter(kind=kind).latest("pk").variants.get()
    return enqueue(user, variant, text=text, key=uuid.uuid4()).pk


def let(who: str, kind: str, text: str) -> int:
    email = f"{who}@example.com"
    user = User.objects.filter(email=email).first() or make_user(who, email=email)
    return submit(user, kind, text)


def look(number: str) -> str:
    submission = Submission.objects.select_related("grade").get(pk=number)
    return f"{submission.state} {submission.tries} {submission.grades.count()} {submission.passed}"


def claimed(number: str) -> str:
    submission = Submission.objects.get(pk=number)
    return f"{submission.tries} {submission.claimed_at and submission.claimed_at.isoformat()}"


COMMANDS = {"look": look, "claimed": claimed, **regrading.COMMANDS}


def main() -> None:
    lea = prepare()
    print("ready", flush=True)
    for line in sys.stdin:
        command, rest = line.rstrip("\n").split(" ", 1)
        if command == "submit":
            print(submit(lea, *rest.split(" ", 1)), flush=True)
        elif command == "let":
            print(let(*rest.split(" ", 2)), flush=True)
        else:
            print(COMMANDS[command](rest), flush=True)


if __name__ == "__main__":
    main()
