"""Who gave the same answer: white space aside, the same words to the same variant of a lab."""

from __future__ import annotations

from functools import reduce

from django.db.models import F, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import MD5, Replace

from labs.models import Ruling, Submission
from labs.models.submissions import SubmissionQuerySet
from labs.solutions import digest_of
from lessons.people import User

WHITE = " \n\t\r"
MOST = 500  # on one page


def same_answers(rows: SubmissionQuerySet, submission: Submission) -> list[Submission]:
    """Among `rows`, of others, newest first. The database compares digests without any white space,
    which "80 443" and "80443" have in common; what is left is looked at word by word."""
    if not submission.text:  # erased
        return []
    close = (
        rows.decided()
        .filter(lab=submission.lab_id, variant=submission.variant_id)  # a lab is in an index
        .exclude(user=submission.user_id)
        .annotate(digest=MD5(squeezed()))
        .filter(digest=digest_of(squeezed_text(submission.text)))
        .select_related("user", "grade", "lab")
        .defer("grade__report", "grade__unpacked_report")
    )
    words = submission.text.split()
    return [one for one in close[:MOST] if one.text.split() == words]


def squeezed() -> Combinable:
    start: Combinable = F("text")
    nothing = Value("", output_field=TextField())

    def without(text: Combinable, letter: str) -> Combinable:
        return Replace(text, Value(letter, output_field=TextField()), nothing)

    return reduce(without, WHITE, start)


def squeezed_text(text: str) -> str:
    return text.translate({ord(letter): None for letter in WHITE})


def choice_of(submission: Submission) -> str:
    """What a form says of one of them: which grade stood there."""
    return f"{submission.pk}:{submission.grade_id or ''}"


def override_chosen(
    same: list[Submission], chosen: list[str], ruling: Ruling, *, author: User
) -> list[Submission]:
    """Those that got the verdict; whatever changed since the form was shown stays as it is."""
    by_choice = {choice_of(one): one for one in same}
    found = [by_choice[choice] for choice in dict.fromkeys(chosen) if choice in by_choice]
    return [one for one in found if one.override(ruling, author=author, seen=one.grade_id)]
