"""Searching, beside the bare page as all pages are: the real course, and a second one of 500
lessons, each of three sections that are put together of the real course's paragraphs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse

from lessons.models import Course, Lesson, Module, Section
from lessons.search import find, index_of
from portal.accounts.models import User
from portal.indexes import write_index
from portal.search import MAKERS
from tests.bench.bench_pages import LEARNER, costs
from tests.bench.clock import cpu_ms, in_turns, share, wall_ms
from tests.bench.row import Effort, Row

ASKED = {
    "a word": ("search", "bucket"),
    "a question": ("search", "who may read a bucket policy"),
    "while it is typed": ("search_results", "securit"),
    "mistyped": ("search", "secuirty gruop"),
    "nothing is found": ("search", "zebra"),
}
LESSONS, SECTIONS, PARAGRAPHS = 500, 3, 25
A_LITTLE = 20  # lessons, where somebody only looks whether this still runs
# As many words as are looked at, each unknown and as long as one that is compared with all others
HOSTILE = " ".join(f"{letter}vailabiliti" for letter in "bcdfghjklm")
GOALS = ("ours <= 50",)


def rows(effort: Effort) -> Iterator[Row]:
    learner = User.objects.get(email=LEARNER)
    pages = {name: reverse(view, query={"q": words}) for name, (view, words) in ASKED.items()}
    yield from costs(learner, pages, effort)
    number = LESSONS if effort.scale >= 1 else A_LITTLE
    course = long_course(learner, number)
    yield Row(f"an index of {number} lessons is made", wall_ms(lambda: write_index(course)), "ms")
    yield from of_many(learner, number, effort)
    many = {f"{name}, {number} lessons": url for name, url in pages.items()}
    for row in costs(User.objects.get(email=LEARNER), many, effort):
        yield replace(row, goals=GOALS)


def of_many(learner: User, number: int, effort: Effort) -> Iterator[Row]:
    """What a search alone takes, without its page; the first one reads the index."""
    asked = {name: words for name, (_view, words) in ASKED.items()} | {"hostile": HOSTILE}
    works = {
        name: lambda words=words: find(words, learner, MAKERS) for name, words in asked.items()
    }
    index_of.cache_clear()
    first = cpu_ms(works["a question"])
    yield Row(f"the first of a process, {number} lessons", first, "ms CPU")
    taken = in_turns(works, effort.times(10))
    for name, times in taken.items():
        yield Row(f"p95 of {name}, {number} lessons", share(times, 0.95), "ms CPU", goals=GOALS)


def long_course(learner: User, number: int) -> Course:
    """Learnt by the same cohort, beside the real one."""
    chance = random.Random(500)
    texts = list(Section.objects.live().exclude(plain="").values_list("title", "plain"))
    paragraphs = [line for _title, text in texts for line in text.split("\n")]
    course = Course.objects.create(slug="many", title="Many", edition="many")
    module = Module.objects.create(course=course, slug="many", title="Many", position=1)
    for place in range(number):
        title = chance.choice(texts)[0]
        lesson = Lesson.objects.create(
            course=course, module=module, slug=f"lesson-{place}", title=title, position=place
        )
        Section.objects.bulk_create(
            Section(
                course=course,
                lesson=lesson,
                slug=f"section-{place}-{part}",
                title=chance.choice(texts)[0],
                level=2,
                position=SECTIONS * place + part,
                plain="\n".join(chance.sample(paragraphs, PARAGRAPHS)),
            )
            for part in range(SECTIONS)
        )
    for membership in learner.memberships.all():
        membership.cohort.courses.add(course)
    return course
