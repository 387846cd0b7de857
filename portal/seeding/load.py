"""A whole cohort out of a seed: its people, what they read and handed in, what is due, and a little
talk."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from labs.models.catalog import own_first
from lessons.models import Completion, Course, Lesson, Place
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Membership, Role
from portal.seeding import talk
from portal.seeding.content import Content, content_of
from portal.seeding.histories import (
    Attempt,
    Span,
    history_of,
    shared_out,
    span_of,
    weights_of,
)
from portal.seeding.people import Character, characters
from portal.seeding.rows import Tell, analyze, set_times, write, write_attempts, write_drafts

TEACHER = "tom@demo.example"
SKIPPED = 0.12  # of the lessons, by whoever leaves out some


@dataclass(frozen=True, slots=True)
class Wish:
    cohort: str = "load"
    learners: int = 1_000
    submissions: int = 200_000
    items: int = 100
    seed: int = 1

    @property
    def domain(self) -> str:
        return f"{self.cohort}.load.example"


@dataclass(frozen=True, slots=True)
class Learner:
    who: Character
    user: User
    span: Span


@transaction.atomic
def load(wish: Wish, course: Course, *, tell: Tell) -> Cohort:
    """All of it or nothing; days are counted back from the last midnight."""
    chance = random.Random(wish.seed)  # noqa: S311
    until = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    content = content_of(course, items=wish.items, chance=chance)
    tell(f"{len(content.lessons)} lessons, {len(content.labs)} labs, with answers to each")
    cohort = open_cohort(wish, content)
    people = [(one, span_of(one, until, chance)) for one in characters(wish.learners, chance)]
    learners = enrol(cohort, people, wish.domain)
    tell(f"{len(learners):,} learners")
    write_reading(learners, content.lessons, chance)
    attempts = attempts_of(learners, content, wish.submissions, chance)
    write_attempts(attempts, crowd=cohort.pk, hashes=content.hashes, chance=chance, tell=tell)
    write_drafts(attempts)
    talk.set_dates(cohort, content.courses, until=until)
    talk.extend_some(cohort, [one.user for one in learners], chance=chance)
    talk.say_something(cohort, chance=chance)
    analyze()
    return cohort


def open_cohort(wish: Wish, content: Content) -> Cohort:
    name = wish.cohort.replace("-", " ").capitalize()
    cohort = Cohort.objects.create(slug=wish.cohort, name=name, course=content.courses[0])
    cohort.choose(content.courses)
    teacher = User.objects.filter(email=TEACHER).first()
    cohort.enrol(teacher or new_teacher(wish.domain), role=Role.INSTRUCTOR)
    return cohort


def new_teacher(domain: str) -> User:
    """Nobody can sign in as them before an administrator gives them a password."""
    return User.objects.create_user(f"teacher@{domain}", name="Tom Teacher")


def enrol(cohort: Cohort, people: Sequence[tuple[Character, Span]], domain: str) -> list[Learner]:
    nobody = make_password(None)
    made = (
        User(
            email=f"learner{one.number + 1}@{domain}",
            name=one.name,
            password=nobody,
            date_joined=span.begin,
            last_login=span.end if one.reach else None,
        )
        for one, span in people
    )
    users = write(User, made)
    members = write(Membership, (Membership(cohort=cohort, user=user) for user in users))
    begun = {one.pk: span.begin for one, (_who, span) in zip(members, people, strict=True)}
    set_times(Membership, "joined_at", begun)
    return [Learner(who, user, span) for user, (who, span) in zip(users, people, strict=True)]


def write_reading(
    learners: Sequence[Learner], lessons: Sequence[Lesson], chance: random.Random
) -> None:
    """In the order of the course."""
    readers = [one for one in learners if one.who.reach]
    write(
        Completion,
        (row for one in readers for row in completions_of(one, lessons, chance)),
    )
    places = write(Place, (place_of(one, lessons) for one in readers))
    ends = {one.user.pk: one.span.end for one in readers}
    set_times(Place, "seen_at", {place.pk: ends[place.user_id] for place in places})


def completions_of(
    one: Learner, lessons: Sequence[Lesson], chance: random.Random
) -> list[Completion]:
    reached = round(len(lessons) * one.who.reach)
    skipped = SKIPPED if one.who.skips else 0
    return [
        Completion(user=one.user, lesson=lesson, completed_at=one.span.at(nth / reached))
        for nth, lesson in enumerate(lessons[:reached])
        if chance.random() >= skipped
    ]


def place_of(one: Learner, lessons: Sequence[Lesson]) -> Place:
    last = lessons[min(round(len(lessons) * one.who.reach), len(lessons) - 1)]
    return Place(user=one.user, course_id=last.course_id, lesson=last)


def attempts_of(
    learners: Sequence[Learner], content: Content, number: int, chance: random.Random
) -> list[Attempt]:
    """So many of all of them together, as long as somebody began at all."""
    numbers = shared_out(number, weights_of([one.who for one in learners], chance))
    return [
        attempt
        for one, own in zip(learners, numbers, strict=True)
        if own
        for attempt in history_of(
            one.who,
            one.user.pk,
            tasks=content.tasks,
            variants=[own_first(found, one.user, None)[0].pk for found in content.variants],
            number=own,
            span=one.span,
            chance=chance,
        )
    ]
