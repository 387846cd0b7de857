"""What learners do, what they were told, and whether it holds in the end.

Another journey is one more class: `act` does one step and remembers what the portal acknowledged,
`broken` says afterwards what of it is not there.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.faults.people import GaveUp, Person
from tests.visitor import Page

Query = Callable[[str], list[tuple[Any, ...]]]
World = dict[str, Any]


class Journey:
    name = ""

    def __init__(self, world: World) -> None:
        self.world, self.lock = world, threading.Lock()

    def act(self, person: Person) -> None:
        raise NotImplementedError

    def broken(self, query: Query) -> Iterator[str]:
        raise NotImplementedError


@dataclass
class HandedIn:
    email: str
    what: str  # right, wrong, poison, undecided
    is_told: bool = False  # the portal said that it has it


class Answers(Journey):
    name = "answers"
    KINDS = ("right", "wrong", "poison", "undecided", "broken", "real-right", "real-wrong")
    WEIGHTS = (44, 30, 4, 2, 6, 7, 7)
    ENDS = {"right": (True,), "wrong": (False,), "poison": (), "undecided": ()}

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.handed_in: dict[uuid.UUID, HandedIn] = {}
        self.number = 0
        self.told_at = 0.0

    def act(self, person: Person) -> None:
        [kind] = person.dice.choices(self.KINDS, self.WEIGHTS)
        with self.lock:
            self.number += 1
            number = self.number
        slug, text = self.task(person, kind, number)
        page = person.get(f"/labs/{slug}/")
        form = page.form(r"/submit/$")
        key = uuid.uuid5(uuid.UUID(form.fields["key"]), text)
        if kind != "broken":
            with self.lock:
                self.handed_in[key] = HandedIn(person.email, kind.removeprefix("real-"))
        if self.hand_in(person, page, text) and kind != "broken":
            self.handed_in[key].is_told = True
            self.told_at = time.monotonic()

    def task(self, person: Person, kind: str, number: int) -> tuple[str, str]:
        if kind.startswith("real"):
            text = person.known["solution"] if kind == "real-right" else self.world["wrong"]
            return self.world["real"], text
        misdeed = person.dice.choice(["crash", "loop", "bomb", "explode"])
        texts = {
            "right": "allow read",
            "wrong": "allow",
            "poison": misdeed,
            "undecided": "doubt",
            "broken": "allow this!",
        }
        return self.world["words"], f"{texts[kind]} {number}"

    def hand_in(self, person: Person, page: Page, text: str) -> bool:
        """True once the portal has it; False where the answer cannot be read. Too many at once:
        the same form a little later."""
        form = page.form(r"/submit/$")
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            answer = person.post(page, form.action, form, text=text)
            if answer.status == 302:
                return True
            if "We cannot read this answer" in answer.text:
                return False
            time.sleep(person.dice.uniform(0.5, 1.5))
        raise GaveUp

    def rows(self, query: Query) -> dict[uuid.UUID, tuple[Any, ...]]:
        """key → e-mail, state, passed, grades, tries"""
        found = query(
            "select s.key, u.email, s.state, g.passed, s.tries, "
            "(select count(*) from labs_grade h where h.submission_id = s.id) "
            "from labs_submission s join accounts_user u on u.id = s.user_id "
            "left join labs_grade g on g.id = s.grade_id"
        )
        return {uuid.UUID(str(key)): tuple(rest) for key, *rest in found}

    def broken(self, query: Query) -> Iterator[str]:
        rows = self.rows(query)
        told = {key for key, answer in self.handed_in.items() if answer.is_told}
        for key in told - set(rows):
            yield f"lost: {self.handed_in[key]}"
        for key in set(rows) - set(self.handed_in):
            yield f"doubled: a row that nobody handed in: {rows[key]}"
        for key in set(rows) & set(self.handed_in):
            yield from self.broken_row(self.handed_in[key], *rows[key])

    def broken_row(
        self, answer: HandedIn, email: str, state: str, passed: object, tries: int, grades: int
    ) -> Iterator[str]:
        row = f"{answer.what} {state}, passed: {passed}, tries: {tries}, grades: {grades}"
        if email != answer.email:
            yield f"lost: {email} has the answer of {answer.email}"
        if state not in ("graded", "faulted"):
            yield f"lost: {row}"
        if grades > 1:
            yield f"doubled: {row}"
        if grades != (state == "graded"):
            yield f"charged: {row}"
        if state == "graded" and (bool(passed),) != self.ENDS[answer.what]:
            yield f"charged: {row}"

    def given_up(self, query: Query) -> int:
        """Honest answers that could not be checked in three tries: our fault, and not charged."""
        rows = self.rows(query)
        honest = {key for key, answer in self.handed_in.items() if self.ENDS[answer.what]}
        return sum(rows[key][1] == "faulted" for key in honest & set(rows))


class Drafts(Journey):
    """The last draft that was acknowledged is there, or one that was typed after it."""

    name = "drafts"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.typed: dict[str, list[str]] = defaultdict(list)
        self.told: Counter[str] = Counter()  # e-mail → how many of those are surely there

    def act(self, person: Person) -> None:
        page = person.get(f"/labs/{self.world['drafted']}/")
        form = page.form(r"/submit/$")
        typed = self.typed[person.email]
        typed.append(f"draft {len(typed)} of {person.email}")
        answer = person.post(page, form.action.replace("/submit/", "/draft/"), form, text=typed[-1])
        if answer.status == 302:
            self.told[person.email] = len(typed)

    def broken(self, query: Query) -> Iterator[str]:
        rows = dict(
            query(
                "select u.email, d.text from labs_draft d join accounts_user u on u.id = d.user_id "
                f"join labs_lab l on l.id = d.lab_id where l.slug = '{self.world['drafted']}'"
            )
        )
        for email, count in self.told.items():
            if rows.get(email) not in self.typed[email][count - 1 :]:
                yield f"lost: the draft {count - 1} of {email}, there is {rows.get(email)!r}"


class Lessons(Journey):
    name = "lessons"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.told: set[tuple[str, str]] = set()

    def act(self, person: Person) -> None:
        path = person.dice.choice(self.world["lessons"])
        if (person.email, path) in self.told:
            return
        page = person.get(path)
        if "/complete/" not in page.source:  # the answer got lost, the completion did not
            self.told.add((person.email, path))
            return
        form = page.form(r"/complete/$")
        if person.post(page, form.action, form).status in (200, 302):
            self.told.add((person.email, path))

    def broken(self, query: Query) -> Iterator[str]:
        rows = query(
            "select u.email, '/learn/' || c.slug || '/' || l.slug || '/' "
            "from lessons_completion d join accounts_user u on u.id = d.user_id "
            "join lessons_lesson l on l.id = d.lesson_id "
            "join lessons_course c on c.id = l.course_id"
        )
        for email, path in self.told - {(email, path) for email, path in rows}:
            yield f"lost: {email} completed {path}"


class Grades(Journey):
    """Not a journey of learners: somebody who remembers every grade and looks whether it stays."""

    name = "grades"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.seen: dict[int, tuple[Any, ...]] = {}

    def look(self, query: Query) -> Iterator[str]:
        rows = query(
            "select id, submission_id, points, max_points, passed, engine_version, made_by, "
            "cast(created_at as text) from labs_grade"
        )
        now = {row[0]: tuple(row[1:]) for row in rows}
        for pk in self.seen:
            if now.get(pk) != self.seen[pk]:
                yield f"a grade was changed: {self.seen[pk]} → {now.get(pk)}"
        self.seen = now

    def broken(self, query: Query) -> Iterator[str]:
        yield from self.look(query)


def plan(*, answers: int, people: int, seed: int) -> list[list[str]]:
    """What each of them does, one after the other: the answers, and a draft and a lesson for every
    three of them."""
    steps = ["answers"] * answers + ["drafts", "lessons"] * (answers // 3)
    random.Random(seed).shuffle(steps)
    return [steps[number::people] for number in range(people)]
