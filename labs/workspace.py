"""What one learner has before them in one lab: the task in their variant, their draft,
their attempts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils.translation import get_language

from labs.child import Fault, read
from labs.forms import LONGEST_DRAFT, Sent
from labs.grading.completions import Completer
from labs.grading.grade import refuse_unreadable_text
from labs.intake import intake_of
from labs.limits import DRAFTS_PER_MINUTE, READINGS_PER_MINUTE
from labs.models import Draft, KeptText, Lab, Submission, Variant
from labs.models.catalog import own_first, turned
from labs.queue import enqueue, key_of
from labs.refusals import TooMany, TooManyOpen
from labs.shelves import due_keys, find_lab, original_of
from lessons.compiled import Compiled
from lessons.limits import within_limit
from lessons.people import Due, User

LATEST = 50  # attempts that a page of a lab goes by

DRAFT = Compiled(
    lambda user, lab: (
        Draft.objects.filter(user=user, lab=lab).select_related("before").defer("before__text")
    ),
    user=-1,
    lab=-2,
)
ATTEMPTS = Compiled(
    lambda user, lab: (
        Submission.objects.filter(user=user, lab=lab).annotate(digest=MD5("text")).lean()[:LATEST]
    ),
    user=-1,
    lab=-2,
)


class DraftProblem(StrEnum):
    """Why what was typed is not the draft."""

    NONE = ""
    TOO_LONG = "too-long"
    CONFLICT = "conflict"  # another tab saved meanwhile


@dataclass(slots=True)
class Workspace:
    user: User
    lab: Lab
    variants: list[Variant]  # the one before the learner first, the others in turn
    draft: Draft | None
    draft_problem: DraftProblem = DraftProblem.NONE

    @classmethod
    def find(cls, user: User, slug: str, *, in_original: bool = False) -> Self:
        """404 for whoever may not see the lab."""
        shelf, lab = find_lab(user, slug)
        if in_original:
            shelf, lab = original_of(lab)
        draft = DRAFT.first(user=user.pk, lab=lab.pk)
        return cls(user, lab, own_first(shelf.variants_of(lab), user, draft), draft)

    def turn_to(self, number: int | None) -> None:
        """The variant that a page showed, should another tab have changed it meanwhile."""
        for variant in self.variants:
            if variant.number == number:
                self.variants = turned(self.variants, variant)

    @property
    def variant(self) -> Variant:
        return self.variants[0]

    @property
    def next_variant(self) -> Variant | None:
        """Another one to practise with."""
        return self.variants[1] if len(self.variants) > 1 else None

    @property
    def text(self) -> str:
        return self.draft.text if self.draft else self.variant.starter

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def is_taught(self) -> bool:
        """By this user."""
        return self.user.teaches(self.lab.course_id)

    @property
    def due(self) -> Due | None:
        return self.user.due(self.lab.course_id, *due_keys(self.lab))

    @property
    def submissions(self) -> list[Submission]:
        """The latest, newest first; the reports stay in the database."""
        return ATTEMPTS.rows(user=self.user.pk, lab=self.lab.pk)

    def ever(self) -> dict[str, bool]:
        """Of all attempts: whether one passed, and whether the solution was looked at after one."""
        mine = Submission.objects.filter(user=self.user.pk, lab=self.lab.pk)
        return {
            "passed": mine.filter(grade__passed=True).exists(),
            "looked": mine.filter(solution_shown_at__isnull=False).exists(),
        }

    @property
    def completions_url(self) -> str:
        """Where the editor finds the kind's words, kept by browsers until words or language change;
        "" for a kind without any."""
        kind = self.lab.kind_module
        if not isinstance(kind, Completer):
            return ""
        query = urlencode({"version": kind.VERSION, "language": get_language() or ""})
        return f"{reverse('labs:completions', args=[kind.NAME])}?{query}"

    def save_draft(self, sent: Sent) -> bool:
        """False, and nothing changed, where `draft_problem` says why. TooMany."""
        if sent.is_too_long:
            self.draft_problem = DraftProblem.TOO_LONG
            return False
        if not within_limit(self.user, "draft", per_minute=DRAFTS_PER_MINUTE):
            raise TooMany
        if self.is_draft(sent):
            return True
        saved = Draft.objects.save_text(
            self.user, self.variant, text=sent.storable, revision=sent.revision, seen=self.draft
        )
        self.draft = saved or Draft.objects.filter(user=self.user.pk, lab=self.lab).first()
        self.draft_problem = DraftProblem.NONE if saved else DraftProblem.CONFLICT
        return saved is not None

    def is_draft(self, sent: Sent) -> bool:
        """Saved as it is: nothing to write."""
        return (
            self.draft is not None
            and self.draft.revision == sent.revision
            and self.draft.variant_id == self.variant.pk
            and self.draft.text == sent.storable
        )

    def put_in(self, variant: Variant, text: str, *, seen: Sent) -> bool:
        """Another text in the editor. `seen` is what this tab showed, saved or not: it is kept as
        well as the draft. False, and nothing changed, where `draft_problem` says why. TooMany."""
        if seen.is_too_long:
            self.draft_problem = DraftProblem.TOO_LONG
            return False
        if not within_limit(self.user, "draft", per_minute=DRAFTS_PER_MINUTE):
            raise TooMany
        if not self.holds(variant, text, seen):
            self.draft = Draft.objects.put_in(
                self.user, variant, text=text, shown=self.variant, seen=seen.storable
            )
        return True

    def holds(self, variant: Variant, text: str, seen: Sent) -> bool:
        """That text is what stands there already, here and in the draft."""
        if self.draft is None or self.draft.variant_id != variant.pk:
            return False
        return self.draft.text == text and seen.storable in ("", text)

    def variant_of(self, row: Submission | KeptText) -> Variant:
        """The one that a text was written for, if the lab still has it."""
        found = [variant for variant in self.variants if variant.pk == row.variant_id]
        return found[0] if found else self.variant

    def submit(self, sent: Sent) -> Submission:
        """The submission. AnswerError: unreadable, no attempt used. TooMany: a little later,
        please."""
        refuse_unreadable_text(sent.text, min(self.lab.kind_module.MAX_BYTES, LONGEST_DRAFT))
        submission = self.submission_of(sent)
        submission.lab = self.lab  # what a page shows of it asks no more
        return submission

    def submission_of(self, sent: Sent) -> Submission:
        """The row that this very form made before, or a new one."""
        intake = intake_of(self.user, key_of(sent.key, sent.text))
        if intake.twin is not None:
            return Submission.objects.get(pk=intake.twin)
        if intake.last_minute >= settings.SUBMISSIONS_PER_MINUTE:
            raise TooMany
        if intake.open >= settings.OPEN_ANSWERS:
            raise TooManyOpen
        return self.submit_new(sent)

    def submit_new(self, sent: Sent) -> Submission:
        if not within_limit(self.user, "read", per_minute=READINGS_PER_MINUTE):
            raise TooMany
        self.read(sent.text)
        # Those that arrive at the same moment are no rows yet when each of them counts the rows.
        if within_limit(self.user, "submit", per_minute=settings.SUBMISSIONS_PER_MINUTE):
            return enqueue(self.user, self.variant, text=sent.text, key=sent.key)
        own = Submission.objects.filter(user=self.user.pk, key=key_of(sent.key, sent.text))
        if twin := own.first():
            return twin
        raise TooMany

    def read(self, text: str) -> None:
        """What cannot be found out here, the worker finds out."""
        try:
            read(self.lab.kind, text)
        except Fault:
            return
