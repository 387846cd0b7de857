"""Who is written to when something was said, and what the mail says: that there is something, and
where. Nobody's words and no names are in it, so that no mail of ours can be made to carry a text of
somebody else's. Letters wait in rows until they are sent (portal/letters)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from labs.models import Submission
from portal.cohorts.models import Cohort, Role
from portal.digest.choosing import off_path
from portal.digest.holding import as_wanted
from portal.letters.models import Letter
from portal.letters.writing import letter
from portal.reviews.models import Comment, Question

TO_LEARNERS = {"written", "answered", "commented", "decided"}
WAIT_FOR_MORE = timedelta(minutes=2)  # whoever comments on many lines is one mail
AT_ONCE = timedelta()


class Notice(NamedTuple):
    """`name` is that of its templates, `path` the page that it leads to; a second one about the
    same place is none while the first waits."""

    name: str
    to: Any  # a user
    cohort: Cohort
    path: str
    about: str  # the title of a lesson or lab
    after: timedelta = AT_ONCE

    @property
    def place(self) -> str:
        return f"{self.name} {self.path.partition('#')[0]}"[-40:]


def notices_about(comment: Comment, cohort: Cohort) -> Iterator[Notice]:
    """Of the cohort in which it was said."""
    if not comment.is_of_learner:
        yield from to_learner(comment, cohort)
    elif comment.question:
        yield from to_teachers(comment.question)
    elif comment.submission:
        yield from to_those_who_commented(comment.submission)


def to_learner(comment: Comment, cohort: Cohort) -> Iterator[Notice]:
    question, submission = comment.question, comment.submission
    if question:
        path = question.get_absolute_url()
        name = "written" if question.is_message else "answered"
        yield Notice(name, question.user, cohort, path, question.about, WAIT_FOR_MORE)
    elif submission:
        path = f"{submission.get_absolute_url()}#comments-title"
        yield Notice("commented", submission.user, cohort, path, str(submission.lab), WAIT_FOR_MORE)


def to_teachers(question: Question) -> Iterator[Notice]:
    """Whoever it was given to; all instructors while it is nobody's, or of somebody who reads it no
    more."""
    path = reverse("cohort_question", args=[question.cohort.slug, question.pk])
    given_to = question.cohort.teachers.filter(pk=question.assignee_id, is_active=True)
    for teacher in given_to or question.cohort.instructors:
        yield Notice("asked", teacher, question.cohort, path, question.about)


def to_those_who_commented(submission: Submission) -> Iterator[Notice]:
    """As long as they may see the answer."""
    written = Comment.objects.filter(submission=submission.pk).exclude(role=Role.LEARNER)
    for teacher in get_user_model().objects.filter(pk__in=written.values("author")):
        seen = Cohort.objects.seen_by(teacher).filter(courses=submission.lab.course_id)
        if cohort := seen.learnt_in_by(submission.user_id).first():
            path = reverse("submission_detail", args=[cohort.slug, submission.pk])
            yield Notice("replied", teacher, cohort, f"{path}#comments-title", str(submission.lab))


def notice_of_decision(submission: Submission, cohort: Cohort) -> Notice:
    path = submission.get_absolute_url()
    return Notice("decided", submission.user, cohort, path, str(submission.lab))


def post(notices: Iterable[Notice], request: HttpRequest) -> None:
    """With what they tell of: in the same transaction, or not at all."""
    found = [one for notice in notices for one in letters_of(notice, request)]
    Letter.objects.post([one for one in found if not is_waiting(one)])


def letters_of(notice: Notice, request: HttpRequest) -> Iterator[Letter]:
    """One or none; teachers have no choice in it."""
    if not notice.to.is_active:
        return
    if notice.name not in TO_LEARNERS:
        yield letter_of(notice, request)
        return
    off_url = request.build_absolute_uri(off_path(notice.to))
    yield from as_wanted([letter_of(notice, request, off_url)], notice.to)


def letter_of(notice: Notice, request: HttpRequest, off_url: str = "") -> Letter:
    site = {"domain": request.get_host()}
    url = request.build_absolute_uri(notice.path)
    one = letter(
        notice.name,
        notice.to.email,
        user=notice.to.pk,
        language=notice.to.language,
        otherwise=notice.cohort.language,
        context={"url": url, "about": notice.about, "current_site": site},
        digest=notice.place,
        due_at=timezone.now() + notice.after,
        off_url=off_url,
    )
    one.about = notice.place
    return one


def is_waiting(one: Letter) -> bool:
    waiting = Letter.objects.filter(address=one.address, about=one.about, tries=0)
    return waiting.exists()
