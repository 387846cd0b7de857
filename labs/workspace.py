"""What one learner has before them in one lab: the task in their variant, their draft,
their attempts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from labs.child import Fault, read_in_child
from labs.forms import LONGEST_DRAFT, Sent
from labs.grading.completions import Completer
from labs.grading.grade import refuse_unreadable_text
from labs.limits import DRAFTS_PER_MINUTE, READINGS_PER_MINUTE, within_limit
from labs.models import Draft, Lab, Submission, Variant
from labs.queue import enqueue
from labs.refusals import TooMany
from lessons.people import User


class DraftProblem(StrEnum):
    """Why what was typed is not the draft."""

    NONE = ""
    TOO_LONG = "too-long"
    CONFLICT = "conflict"  # another tab saved meanwhile


@dataclass(slots=True)
class Workspace:
    user: User
    lab: Lab
    variant: Variant
    draft: Draft | None
    draft_problem: DraftProblem = DraftProblem.NONE

    @classmethod
    def find(cls, user: User, slug: str) -> Self:
        """404 for whoever may not see the lab."""
        lab = Lab.objects.visible_to(user).select_related("course").filter(slug=slug).first()
        if lab is None:
            raise Http404
        draft = Draft.objects.filter(user=user.pk, lab=lab).first()
        return cls(user, lab, lab.variant_for(user, draft), draft)

    @property
    def text(self) -> str:
        return self.draft.text if self.draft else self.variant.starter

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def submissions(self) -> list[Submission]:
        """Newest first; the reports stay in the database."""
        rows = Submission.objects.filter(user=self.user.pk, lab=self.lab).select_related("grade")
        return list(rows.defer("text", "grade__report")[:50])

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
        saved = Draft.objects.save_text(
            self.user, self.variant, text=sent.storable, revision=sent.revision
        )
        self.draft = saved or Draft.objects.filter(user=self.user.pk, lab=self.lab).first()
        self.draft_problem = DraftProblem.NONE if saved else DraftProblem.CONFLICT
        return saved is not None

    def submit(self, sent: Sent) -> Submission:
        """The submission. AnswerError: unreadable, no attempt used. TooMany: a little later,
        please."""
        refuse_unreadable_text(sent.text, min(self.lab.kind_module.MAX_BYTES, LONGEST_DRAFT))
        return self.submission_of(sent) or self.submit_new(sent)

    def submission_of(self, sent: Sent) -> Submission | None:
        """The row that this very form made before."""
        rows = Submission.objects.filter(user=self.user.pk)
        return rows.filter(key=uuid.uuid5(sent.key, sent.text)).first()

    def submit_new(self, sent: Sent) -> Submission:
        recent = Submission.objects.filter(user=self.user.pk).since(60).count()
        if recent >= settings.SUBMISSIONS_PER_MINUTE:
            raise TooMany
        if not within_limit(self.user, "read", per_minute=READINGS_PER_MINUTE):
            raise TooMany
        self.read(sent.text)
        # Those that arrive at the same moment are no rows yet when each of them counts the rows.
        if within_limit(self.user, "submit", per_minute=settings.SUBMISSIONS_PER_MINUTE):
            return enqueue(self.user, self.variant, text=sent.text, key=sent.key)
        if twin := self.submission_of(sent):
            return twin
        raise TooMany

    def read(self, text: str) -> None:
        """What cannot be found out here, the worker finds out."""
        try:
            read_in_child(self.lab.kind, text)
        except Fault:
            return

    def may_see_solution(self) -> bool:
        """After passing; whoever teaches the course, always."""
        own = Submission.objects.graded().filter(user=self.user.pk, lab=self.lab)
        return own.filter(grade__passed=True).exists() or self.user.teaches(self.lab.course_id)
