"""What the portal knows of a person: given out to them, and taken away for good.

Erasing keeps what others count on, without the person: that a lesson was completed and which score
an answer got. Everything that somebody wrote, and everything that says who it was, goes.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from labs.models import Draft, Effort, Grade, KeptText, Mistake, Submission
from labs.quiz.models import (
    LearnerSchedule,
    LessonCheck,
    PracticeAnswer,
    QuizAnswer,
    QuizCard,
)
from lessons.models import Completion, Margin, Place
from lessons.read_marks import sections_read_by
from portal.accounts.models import Session, UsedPassword, User
from portal.accounts.traces import wipe_traces
from portal.announcements.models import Announcement
from portal.audit.models import Entry
from portal.authoring.models import Change
from portal.certificates.models import Certificate
from portal.cohorts.models import Extension, Invitation, Membership, PastMembership
from portal.guidance.models import Note
from portal.letters.models import Letter
from portal.regrades.models import Regrade, RegradedAnswer
from portal.regrades.own_regrades import erase_regrades, regrades_of
from portal.reviews.models import Comment, Question
from portal.reviews.own_words import erase_words, words_of

# Every model that points at a person, and what becomes of it; a test finds those that are missing.
TAKEN_AWAY: tuple[Any, ...] = (
    *(EmailAddress, SocialAccount, Authenticator, Session, UsedPassword),
    *(Draft, KeptText, Mistake, Place, Margin, Membership, PastMembership, Extension, Question),
    *(LogEntry, Letter, RegradedAnswer, QuizCard, LearnerSchedule, PracticeAnswer),
)
KEPT_WITHOUT_THE_PERSON: tuple[Any, ...] = (
    *(
        Completion,
        Submission,
        Effort,
        Grade,
        Entry,
        Comment,
        Announcement,
        Note,
        Invitation,
        Regrade,
        Change,
        QuizAnswer,
        LessonCheck,
        Certificate,
    ),
)
ERASED = "erased.invalid"  # RFC 2606: a name that never is anybody's


def data_of(user: User) -> dict[str, Any]:
    """Everything, in words and times that a person can read, ready for JSON. What a mistake did is
    left out: of a hidden check it would tell the request."""
    grades = Prefetch("grades", Grade.objects.without_reports())
    answers = user.submissions.select_related("lab").prefetch_related(grades)
    return {
        "exported_at": timezone.now(),
        "account": account_of(user),
        "cohorts": rows(user.memberships, "cohort__name", "role", "labels", "joined_at"),
        "past_cohorts": rows(
            user.past_memberships, "cohort__name", "role", "joined_at", "ended_at"
        ),
        "announcements": rows(
            Announcement.objects.filter(author=user.pk), "cohort__name", "text", "said_at"
        ),
        "notes": rows(user.notes, "cohort__name", "text", "said_at"),
        "invitations": rows(
            Invitation.objects.filter(email__in=proven_addresses(user)),
            "cohort__name",
            "role",
            "sent_at",
            "letters",
        ),
        "invitations_sent": rows(
            user.invitations_sent, "cohort__name", "role", "sent_at", "letters"
        ),
        "extensions": [
            {"cohort": one.due.cohort.name, "of": str(one.due), "until": one.until}
            for one in user.extensions.select_related("due__cohort")
        ],
        "completed_lessons": rows(user.completions, "lesson__title", "completed_at", "read_at"),
        "places": rows(user.places, "lesson__title", "section__title", "seen_at"),
        "read_sections": sections_read_by(user),
        "margins": rows(
            user.margins, "section__title", "bookmarked_at", "text", "revision", "saved_at"
        ),
        "drafts": rows(user.drafts, "lab__title", "text", "saved_at"),
        "kept_texts": rows(user.kept_texts, "lab__title", "text", "kept_at"),
        "happenings": rows(Entry.objects.about(user.pk), "at", "what", "about", "network"),
        "answers": [answer_of(one) for one in answers],
        "efforts": rows(user.efforts, "lab__title", "failed", "last_at", "passed_at"),
        "quiz_answers": rows(
            user.quiz_answers.order_by("pk"),
            *("question__slug", "given", "score", "answered_at", "withdrawn_at"),
        ),
        "practice": rows(
            user.practice_answers.order_by("pk"),
            *("generator", "level", "given", "score", "answered_at"),
        ),
        "checked_lessons": rows(user.lesson_checks, "lesson__title", "checked_at"),
        "certificates": rows(
            user.certificates, "title", "name", "token", "issued_at", "revoked_at", "reason"
        ),
        "cards": rows(user.quiz_cards.order_by("pk"), "question__slug", "due"),
        "review_schedule": rows(
            LearnerSchedule.objects.filter(user=user.pk), "parameters", "retention"
        ),
        "mistakes": rows(user.mistakes, "lab__title", "code", "made_at"),
        "content_changes": rows(Change.objects.filter(author=user.pk), "made_at", "undone_at"),
        "content_changes_undone": rows(
            Change.objects.filter(undone_by=user.pk), "made_at", "undone_at"
        ),
        **regrades_of(user),
        **words_of(user),
    }


def account_of(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "language": user.language,
        "time_zone": user.time_zone,
        "single_key_shortcuts": user.shortcuts,
        "announcements_by_mail": user.mail_news,
        "mail_about_learning": user.mail_told,
        "next_daily_mail": user.digest_at,
        "weekly_goal": user.weekly_goal,
        "weekly_goal_counts": user.goal_counts,
        "may_open_cohorts": user.opens_cohorts,
        "addresses": rows(EmailAddress.objects.filter(user=user), "email", "verified", "primary"),
        "second_factors": [
            {"name": str(one), "made_at": one.created_at, "last_used_at": one.last_used_at}
            for one in Authenticator.objects.filter(user=user)
        ],
        "linked_sign_ins": rows(
            SocialAccount.objects.filter(user=user), "provider", "uid", "date_joined", "last_login"
        ),
        "passwords_set_at": [one.set_at for one in user.used_passwords.order_by("pk")],
        "devices": rows(user.sessions, "browser", "since", "seen"),
        "joined_at": user.date_joined,
        "last_sign_in_at": user.last_login,
    }


def proven_addresses(user: User) -> list[str]:
    """Whoever only says that an address is theirs learns nothing of whom it belongs to."""
    proven = EmailAddress.objects.filter(user=user.pk, verified=True)
    return list(proven.values_list("email", flat=True))


def rows(found: Any, *fields: str) -> list[dict[str, Any]]:
    """`lesson__title` is called lesson: a reader knows no tables."""
    names = [field.partition("__")[0] for field in fields]
    return [dict(zip(names, row, strict=True)) for row in found.values_list(*fields)]


def answer_of(submission: Submission) -> dict[str, Any]:
    """With every grade that it ever had, and why."""
    grades = {one.pk: grade_of(one) for one in submission.grades.all()}
    counts = grades.pop(submission.grade_id or 0, grade_of(None))
    return {
        "lab": submission.lab.title,
        "handed_in_at": submission.created_at,
        "text": submission.text,
        "state": submission.state,
        "change_shown_at": submission.change_shown_at,
        "solution_shown_at": submission.solution_shown_at,
        **counts,
        "other_grades": [*grades.values()],
    }


def grade_of(grade: Grade | None) -> dict[str, Any]:
    return {
        "percent": grade.percent if grade else None,
        "passed": grade.passed if grade else None,
        "reason": grade.reason if grade else "",
        "graded_at": grade.created_at if grade else None,
    }


@transaction.atomic
def erase(user: User) -> None:
    """For good: what is left of the account opens nothing and names nobody."""
    wipe_traces(user)
    erase_words(user)
    erase_regrades(user)
    forget_addresses(user)
    Certificate.objects.forget(user.pk)
    for rows_of in TAKEN_AWAY:
        rows_of.objects.filter(user=user.pk).delete()
    for said in (Announcement, Note):
        said.objects.filter(author=user.pk).update(author=None)
    Invitation.objects.filter(sent_by=user.pk).update(sent_by=None)
    Change.objects.filter(author=user.pk).update(author=None)
    Change.objects.filter(undone_by=user.pk).update(undone_by=None)
    submissions = Submission.objects.filter(user=user.pk)
    Grade.objects.filter(submission__in=submissions).update(
        report={"findings": []}, unpacked_report={}, reason=""
    )
    QuizAnswer.objects.filter(user=user.pk, given__has_key="typed").update(given={})
    submissions.update(text="", fault="", unreadable=None, request_id="")
    Grade.objects.filter(author=user.pk).update(author=None)
    user.email, user.name = f"{user.pk}@{ERASED}", ""
    user.time_zone = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = user.weekly_goal = user.digest_at = None
    user.set_unusable_password()  # which ends every session
    user.save()


def forget_addresses(user: User) -> None:
    """All that are theirs, before the rows go that know them."""
    others = EmailAddress.objects.filter(user=user.pk).values_list("email", flat=True)
    addresses = {user.email, *others}
    Letter.objects.filter(address__in=addresses).delete()
    Invitation.objects.filter(email__in=addresses).update(email="", name="")
