"""A cohort to look at: an instructor, three learners with some history, one invitation code."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from labs import checker
from labs.models import Draft, Lab, Submission, Variant
from labs.source import read_lab
from labs.tasks import check
from lessons.models import Completion, Course, Lesson, Place
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation, Role
from portal.reviews.models import Comment, Kind, Question
from portal.seeding.questions import answer_questions

LEAST = 12
PASSWORD = "learn-by-doing"  # noqa: S105 (printed, and for demonstrations alone)
COHORT, CODE, COURSE = "demo", "DEMO-DEMO-DEMO", "aws"
TOM, ADMIN = ("tom@demo.example", "Tom Teacher"), ("admin@demo.example", "Ada Admin")

COMMENT = "Good so far. What does the *whole* answer let through, with this line in it?"
ASKED = "I think that this is right. Could somebody look at it again?"
WRONG, RIGHT = "wrong", "right"


@dataclass(frozen=True)
class Learner:
    """Somebody's history: percent of the lessons completed, days since the last visit,
    lab → answers, oldest first, and of how many lessons the questions were answered."""

    email: str
    name: str
    read: int
    days_away: int
    answers: dict[str, tuple[str, ...]]
    checked: int = 0


LEA = Learner(
    *("lea@demo.example", "Lea Learner"),
    read=45,
    days_away=0,
    answers={
        "let-the-web-in": (RIGHT,),
        "deny-wins": (WRONG, RIGHT),
        "one-folder-in-a-bucket": (WRONG,),
    },
    checked=3,
)
MIA = Learner(
    *("mia@demo.example", "Mia Miller"),
    read=80,
    days_away=1,
    answers={
        "deny-wins": (RIGHT,),
        "mfa-or-nothing": (WRONG, WRONG, RIGHT),
        "let-the-web-in": (RIGHT,),
        "three-tiers-by-reference": (WRONG, RIGHT),
        "slice-the-vpc": (WRONG,),
    },
    checked=3,
)
SAM = Learner(
    *("sam@demo.example", "Sam Santos"),
    read=10,
    days_away=12,
    answers={"deny-wins": (WRONG, WRONG, WRONG, WRONG)},
)
LEARNERS = (LEA, MIA, SAM)


class Command(BaseCommand):
    help = "Make the demo cohort. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password",
            default="",
            help="of all of them; a deployment needs one of its own",
        )

    def handle(self, *, password: str, **options: Any) -> None:
        if settings.DEPLOYED and (len(password) < LEAST or password == PASSWORD):
            raise CommandError(
                "This is a deployment, and the demo's password is public: give it one of its own, "
                f"of {LEAST} characters or more, with --password."
            )
        course = Course.objects.live().filter(slug=COURSE).first()
        if course is None:
            raise CommandError(
                f"There is no course {COURSE!r} yet: run `manage.py sync_content --apply` first."
            )
        if not Cohort.objects.filter(slug=COHORT).exists():
            with transaction.atomic():
                seed(course, password or PASSWORD)
            checker.leave()  # `manage.py run` lives on, and checks no more
        for line in demo_sign_ins(password or PASSWORD):
            self.stdout.write(line)


def demo_sign_ins(password: str = PASSWORD) -> list[str]:
    """What one types to look around; nothing where no demo was made."""
    emails = [TOM[0], *(learner.email for learner in LEARNERS), ADMIN[0]]
    there = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    if not there:
        return []
    roles = ["instructor", *("learner" for _ in LEARNERS), "administrator"]
    lines = [
        f"  {email:<20} {role}" for email, role in zip(emails, roles, strict=True) if email in there
    ]
    return [
        f"Demo sign-ins (password {password}):",
        *lines,
        f"  New account: invitation code {CODE}",
    ]


def seed(course: Course, password: str) -> None:
    hashed = make_password(password)  # once: it is the same for all, and slow as it has to be
    cohort = Cohort.objects.create(slug=COHORT, name="Demo cohort", course=course)
    Invitation.objects.create(cohort=cohort, code=CODE, uses=100)
    cohort.enrol(somebody(*TOM, hashed, opens_cohorts=True), role=Role.INSTRUCTOR)
    somebody(*ADMIN, hashed, is_staff=True, is_superuser=True)
    for learner in LEARNERS:
        user = somebody(learner.email, learner.name, hashed)
        cohort.enrol(user)
        read_lessons(user, learner, course)
        answer_questions(user, course, lessons=learner.checked, days_away=learner.days_away)
        answer_labs(user, learner, course)
    talk_about_one(cohort)


def somebody(email: str, name: str, hashed: str, **fields: Any) -> User:
    if found := User.objects.filter(email=email).first():
        return found
    user = User.objects.create(email=email, password=hashed, name=name, **fields)
    user.used_passwords.create(encoded=hashed)  # of a hash nobody is told who remembers them
    return user


def read_lessons(user: User, learner: Learner, course: Course) -> None:
    """The first lessons in order, some a day, the last of them on the day of the last visit."""
    lessons = list(course.lessons.live())
    done, last_visit = (
        lessons[: len(lessons) * learner.read // 100],
        timezone.now() - timedelta(days=learner.days_away),
    )
    for age, lesson in enumerate(reversed(done)):
        lesson.complete(user)
        Completion.objects.filter(user=user, lesson=lesson).update(
            completed_at=last_visit - timedelta(hours=9 * age)
        )
    if len(done) < len(lessons):
        stop_in_the_middle_of(lessons[len(done)], user)
        Place.objects.filter(user=user, course=course).update(seen_at=last_visit)


def stop_in_the_middle_of(lesson: Lesson, user: User) -> None:
    anchors = [entry["anchor"] for entry in lesson.contents]
    read = anchors[: len(anchors) // 2 + 1]
    lesson.remember_place(user, read[-1] if read else "", read)


def answer_labs(user: User, learner: Learner, course: Course) -> None:
    """A lab a day, the last one on the day of the last visit."""
    labs = {lab.slug: lab for lab in course.labs.live()}
    done = [(labs[slug], answers) for slug, answers in learner.answers.items() if slug in labs]
    for days, (lab, answers) in enumerate(reversed(done)):
        variant = lab.variant_for(user)
        wrong = wrong_answers(lab, variant)
        for number, answer in enumerate(answers):
            age = timedelta(days=learner.days_away + days, minutes=20 * (len(answers) - number))
            text = variant.solution if answer == RIGHT else wrong[number % len(wrong)]
            hand_in_and_check(user, variant, text, when=timezone.now() - age, revision=number)


def wrong_answers(lab: Lab, variant: Variant) -> list[str]:
    """The lab's own typical mistakes, from its folder; there is a starter at least."""
    folder = settings.CATALOG_DIR / lab.slug
    sources = read_lab(folder).variants if folder.exists() else ()
    texts = [
        text
        for source in sources
        if source.number == variant.number
        for text in source.wrong.values()
    ]
    return texts or [variant.starter]


def hand_in_and_check(
    user: User, variant: Variant, text: str, *, when: datetime, revision: int
) -> None:
    """As the product does: a draft, a row, and the worker's own function checks it."""
    Draft.objects.save_text(user, variant, text=text, revision=revision)
    submission = Submission.objects.create(
        user=user, lab_id=variant.lab_id, variant=variant, text=text, created_at=when
    )
    check(submission.pk)
    submission.grades.update(created_at=when)
    Submission.objects.filter(pk=submission.pk, finished_at__isnull=False).update(finished_at=when)


def talk_about_one(cohort: Cohort) -> None:
    """Lea wants a second look at what did not pass, and Tom has said something about it. No mail
    goes out: nobody is there to read it."""
    lea, tom = (User.objects.get(email=email) for email in (LEA.email, TOM[0]))
    failed = lea.submissions.filter(grade__passed=False).select_related("lab").first()
    if failed is None:
        return
    lines = failed.text.split("\n")
    longest = lines.index(max(lines, key=len)) + 1
    Comment.objects.write(failed, author=tom, role=Role.INSTRUCTOR, text=COMMENT, line=longest)
    asked = Question.objects.create(
        cohort=cohort, user=lea, kind=Kind.SECOND_LOOK, lab=failed.lab, submission=failed
    )
    Comment.objects.write(failed, question=asked, author=lea, role=Role.LEARNER, text=ASKED)
