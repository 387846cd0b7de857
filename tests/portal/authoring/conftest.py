"""A small course and a lab of files, four learners in it, and the two ways to apply a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from labs.grading.kinds import KINDS
from labs.models import Draft, Grade, Lab, Submission
from lessons.models import Completion, Course, Lesson, Place, Section
from portal.accounts.models import User
from portal.authoring.models import Change
from portal.cohorts.models import Cohort
from tests.labs.folders import LAB_TOML, write_folder
from tests.labs.kinds import words
from tests.lessons.folders import write_course
from tests.rows import make_grade, make_submission, make_user, signed_in

THEN = timezone.now() - timedelta(days=100)
DONE = {"lea": ["buckets", "rules"], "mia": ["buckets"], "sam": ["rules"], "nia": []}
OF_SMALL = LAB_TOML.replace('"aws"', '"small"').replace('"policy-structure"', '"buckets"')


@pytest.fixture(autouse=True)
def _kind_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "words", words)


@pytest.fixture
def notes_dir(tmp_path: Path, settings: Any, db: None) -> Path:
    """Two lessons of three sections, and a lab at “Buckets”."""
    settings.NOTES_DIR, settings.CATALOG_DIR = tmp_path / "notes", tmp_path / "catalog"
    write_course(settings.NOTES_DIR)
    write_folder(settings.CATALOG_DIR, lab_toml=OF_SMALL)
    call_command("sync_content", "--apply", verbosity=0)
    return Path(settings.NOTES_DIR)


@pytest.fixture
def learners(notes_dir: Path) -> dict[str, User]:
    """Of lea and mia the lab has a draft and a score; lea stopped at “Outbound rules”."""
    cohort = Cohort.objects.create(name="Small", slug="small", course=Course.objects.get())
    lab = Lab.objects.get()
    people = {}
    for name, lessons in DONE.items():
        people[name] = user = make_user(name.capitalize())
        cohort.enrol(user)
        for slug in lessons:
            row = Lesson.objects.get(slug=slug)
            Completion.objects.create(user=user, lesson=row, completed_at=THEN)
    for name in ("lea", "mia"):
        make_grade(make_submission(people[name], lab), 4)
        Draft.objects.create(user=people[name], lab=lab, variant=lab.variants.first(), text="allow")
    Lesson.objects.get(slug="rules").remember_place(people["lea"], "outbound-rules")
    return people


@pytest.fixture
def ann(notes_dir: Path) -> User:
    """Authors, and nothing else."""
    ann = make_user("Ann Author")
    ann.user_permissions.add(Permission.objects.get(codename="author"))
    return ann


def completed() -> dict[str, list[str]]:
    """Who completed which lessons that are there; all have the date of then."""
    found: dict[str, list[str]] = {name: [] for name in DONE}
    for row in Completion.objects.filter(lesson__archived_at=None).select_related("user", "lesson"):
        assert row.completed_at == THEN
        found[row.user.name.lower()].append(row.lesson.slug)
    return {name: sorted(slugs) for name, slugs in found.items()}


def everything() -> dict[str, Any]:
    """What readers see, and what learners have."""
    live = Lesson.objects.live()
    return {
        "lessons": list(
            live.values_list("pk", "slug", "title", "position", "module__slug", "html")
        ),
        "sections": sorted(
            Section.objects.live().values_list("uuid", "slug", "title", "lesson", "position")
        ),
        "modules": list(Course.objects.get().modules.live().values_list("slug", "position")),
        "labs": list(
            Lab.objects.live().values_list("slug", "home", "position", "sections", "variants")
        ),
        "completed": completed(),
        "places": list(Place.objects.values_list("user", "lesson", "section")),
        "drafts": list(Draft.objects.values_list("user", "text")),
        "scores": list(Grade.objects.values_list("submission__user", "points")),
        "answers": Submission.objects.count(),
    }


class ByCommand:
    def plan(self, capsys: Any) -> str:
        capsys.readouterr()
        call_command("sync_content")
        return str(capsys.readouterr().out)

    def apply(self) -> None:
        call_command("sync_content", "--apply")

    def undo(self) -> None:
        call_command("sync_content", "--undo")


class InTheBrowser:
    def __init__(self, client: Client) -> None:
        self.client = client

    def page(self, address: str = "/authoring/") -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return " ".join(unescape(answer.content.decode()).split())

    def plan(self, _capsys: Any) -> str:
        return self.page()

    def apply(self, address: str = "/authoring/") -> None:
        answer = self.client.post("/authoring/apply/", self.hidden(self.page(address)))
        assert answer.status_code == 302, "it was refused"

    def hidden(self, text: str) -> dict[str, str]:
        form = text.partition('action="/authoring/apply/"')[2].partition("</form>")[0]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        return dict(found)

    def undo(self) -> None:
        last = Change.objects.filter(undone_at=None).first()
        assert last
        answer = self.client.post(f"/authoring/changes/{last.pk}/undo/", follow=True)
        assert "Undone. The files still hold the change." in answer.content.decode()


Way = ByCommand | InTheBrowser


@pytest.fixture(
    params=["on the command line", pytest.param("in the browser", marks=pytest.mark.any_database)]
)
def way(request: pytest.FixtureRequest, ann: User) -> Way:
    return ByCommand() if request.param == "on the command line" else InTheBrowser(signed_in(ann))


@pytest.fixture
def authoring(ann: User) -> InTheBrowser:
    return InTheBrowser(signed_in(ann))


Learners = dict[str, User]
ClientOf = Callable[[User], Client]
