"""What one learner has before them in one lab: the task in their variant, their draft,
their attempts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labs.child import Fault, read_in_child
from labs.forms import LONGEST_DRAFT, Sent
from labs.grading.completions import Completer
from labs.grading.errors import AnswerError
from labs.grading.grade import refuse_unreadable_text
from labs.limits import DRAFTS_PER_MINUTE, READINGS_PER_MINUTE, within_limit
from labs.models import Draft, Lab, Submission, Variant
from labs.queue import hand_in
from lessons.people import User


class TooMany(Exception):
    """More in a minute than we check, or keep."""


@dataclass(slots=True)
class Workspace:
    user: User
    lab: Lab
    variant: Variant
    draft: Draft | None

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
        """False, and nothing changed, when another tab saved meanwhile or the text is beyond all
        measure. TooMany."""
        if sent.is_too_long:
            return False
        if not within_limit(self.user, "draft", per_minute=DRAFTS_PER_MINUTE):
            raise TooMany
        saved = Draft.objects.save_text(
            self.user, self.variant, text=sent.storable, revision=sent.revision
        )
        self.draft = saved or Draft.objects.filter(user=self.user.pk, lab=self.lab).first()
        return saved is not None

    def hand_in(self, sent: Sent) -> Submission:
        """The submission. AnswerError: unreadable, no attempt used. TooMany: a little later,
        please."""
        refuse_unreadable_text(sent.text, min(self.lab.kind_module.MAX_BYTES, LONGEST_DRAFT))
        return self.handed_in(sent) or self.hand_in_new(sent)

    def handed_in(self, sent: Sent) -> Submission | None:
        """The row that this very form made before."""
        return Submission.objects.filter(
            user=self.user.pk, key=uuid.uuid5(sent.key, sent.text)
        ).first()

    def hand_in_new(self, sent: Sent) -> Submission:
        recent = Submission.objects.filter(user=self.user.pk).since(60).count()
        if recent >= settings.SUBMISSIONS_PER_MINUTE:
            raise TooMany
        if not within_limit(self.user, "read", per_minute=READINGS_PER_MINUTE):
            raise TooMany
        self.read(sent.text)
        # Those that arrive at the same moment are no rows yet when each of them counts the rows.
        if within_limit(self.user, "submit", per_minute=settings.SUBMISSIONS_PER_MINUTE):
            return hand_in(self.user, self.variant, text=sent.text, key=sent.key)
        if twin := self.handed_in(sent):
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
        if (
            Submission.objects.graded()
            .filter(user=self.user.pk, lab=self.lab, grade__passed=True)
            .exists()
        ):
            return True
        return self.user.teaches(self.lab.course_id)


def place_of(error: AnswerError) -> str:
    if error.line is None:
        return ""
    return _("Line %(line)d, column %(column)d") % {"line": error.line, "column": error.column or 1}
