"""What people, workers and operators make the database do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from labs.cleaning import cleaners, is_cleaning_due
from labs.heartbeat import (
    checked_between,
    seconds_of_the_oldest_answer,
    seconds_since_a_worker,
)
from labs.models import Chore, Draft, Lab, State, Submission
from labs.packing import pack_reports
from labs.queue import sweep
from labs.sweeper import show_life
from labs.sync import plan_labs, touched
from labs.waiting import words_for_waiting
from labs.workspace import Workspace
from lessons.models import Lesson
from lessons.source import read_course
from lessons.sync import course_folders, plan_courses, plan_of
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.doctor import look_at_faults
from portal.health import work_state
from portal.operations.from_tables import Checks, families
from tests.administration import ADMINS, address, lists
from tests.bench.million.filling import ENDED
from tests.rows import signed_in

Work = Callable[[], object]


def jobs() -> Iterator[tuple[str, Work]]:
    learner = User.objects.get(email="learner4242@bench.example")
    cohort = learner.memberships.get().cohort
    teacher = User.objects.get(memberships__cohort=cohort, memberships__role="instructor")
    row = Submission.objects.graded().filter(user=learner).latest("pk")
    yield from pages(signed_in(learner), addresses(learner, row))
    yield from pages(signed_in(teacher), teachers_addresses(cohort.slug, learner, row))
    yield from pages(*of_long_ago())
    yield from pages(Client(), {"sign-in": "/accounts/login/"})
    yield from forms(Client(), learner)
    yield from behind_the_pages(learner, row)
    yield from administrators_pages(learner)
    yield from operators_work()


def addresses(learner: User, row: Submission) -> dict[str, str]:
    lesson = Lesson.objects.live().select_related("course").first()
    assert lesson
    return {
        "your day": "/day/",
        "course": lesson.course.get_absolute_url(),
        "lesson": lesson.get_absolute_url(),
        "labs": "/labs/",
        "lab": row.lab.get_absolute_url(),
        "attempts": f"{row.lab.get_absolute_url()}attempts/",
        "attempt": row.get_absolute_url(),
        "verdict": f"{row.get_absolute_url()}verdict/",
        "solution": f"{row.lab.get_absolute_url()}solution/",
        "all attempts": f"{row.lab.get_absolute_url()}attempts/all/",
        "kept texts": f"{row.lab.get_absolute_url()}texts/",
        "devices": "/accounts/sessions/",
        "own data": "/accounts/export/",
    }


def teachers_addresses(slug: str, learner: User, row: Submission) -> dict[str, str]:
    base = f"/cohorts/{slug}/"
    return {
        "cohorts": "/cohorts/",
        "grid": base,
        "grid filtered": f"{base}?item=lab-{row.lab_id}&show=trying&sort=least",
        "story": f"{base}learners/{learner.pk}/lab-{row.lab_id}/",
        "member": f"{base}learners/{learner.pk}/",
        "member's submission": f"{base}submissions/{row.pk}/",
        "member's in a lab": f"{base}submissions/{row.pk}/?in=lab",
        "all answers alike": f"{base}submissions/{row.pk}/same/",
        "members": f"{base}members/",
        "members searched": f"{base}members/?q=learner4242",
        "cohort's log": f"{base}log/",
        "cohort's settings": f"{base}settings/",
        "invitations": f"{base}invitations/",
    }


def of_long_ago() -> tuple[Client, dict[str, str]]:
    """A cohort that ended when most answers were not there yet."""
    cohort = Cohort.objects.get(slug=f"cohort-{ENDED}")
    teacher = User.objects.get(memberships__cohort=cohort, memberships__role="instructor")
    row = Submission.objects.filter(user__memberships__cohort=cohort).latest("pk")
    address = f"/cohorts/{cohort.slug}/submissions/{row.pk}/"
    lists = {"": "", " in a lab": "?in=lab", " of a learner": "?in=learner"}
    found = {f"last one{name}": address + query for name, query in lists.items()}
    return signed_in(teacher), found


def pages(client: Client, found: dict[str, str]) -> Iterator[tuple[str, Work]]:
    for name, url in found.items():
        yield f"page {name}", lambda url=url: get(client, url)


def forms(client: Client, learner: User) -> Iterator[tuple[str, Work]]:
    def sign_in() -> None:
        post(client, "/accounts/login/", {"login": learner.email, "password": "wrong"})

    def reset() -> None:
        post(client, "/accounts/password/reset/", {"email": learner.email})

    yield "page signing in", sign_in
    yield "page password reset", reset


def post(client: Client, address: str, data: dict[str, str]) -> None:
    client.post(address, data, headers={"host": "localhost"})


def administrators_pages(learner: User) -> Iterator[tuple[str, Work]]:
    """All that there are; whoever is looked for is one of ten thousand, or called as all are."""
    staff = {"name": "A", "is_staff": True, "is_superuser": True}
    admin, _made = User.objects.get_or_create(email="admin@bench.example", defaults=staff)
    client = signed_in(admin)
    words = [learner.email.partition("@")[0], "learner", "198.51.100.0/24"]
    for label, one in ADMINS.items():
        found = {
            name: address(one, "changelist") + query
            for name, query in lists(one, admin, words=words).items()
        }
        if row := one.model._default_manager.order_by("pk").last():
            found["change"] = address(one, "change", row.pk)
        for name, url in found.items():
            yield f"admin {label} {name}", lambda url=url: get(client, url)
    admin.delete()


def get(client: Client, address: str) -> None:
    answer = client.get(address, headers={"host": "localhost"})
    if answer.status_code not in (200, 403):
        raise SystemExit(f"{address} answers {answer.status_code}")


def behind_the_pages(learner: User, row: Submission) -> Iterator[tuple[str, Work]]:
    def hand_in() -> None:
        own = Submission.objects.filter(user=learner.pk)
        own.since(60).count()
        own.open().count()

    def check() -> None:
        waiting = Submission.objects.filter(state=State.QUEUED).latest("pk")
        claimed = Submission.objects.claim(waiting.pk)
        assert claimed
        claimed.hand_back("bench")

    def complete() -> None:
        lesson = Lesson.objects.live().last()
        assert lesson
        lesson.complete(learner)
        lesson.reopen(learner)

    def save() -> None:
        variant = row.lab.variants.get(number=0)
        Draft.objects.save_text(learner, variant, text="x", revision=3)

    yield "page hand in", hand_in
    yield "page waiting", lambda: words_for_waiting(Submission.objects.open().latest("pk"))
    yield "page take next", Submission.objects.take_next
    yield "page complete", complete
    yield "page draft", save
    yield "page workspace", lambda: Workspace.find(learner, row.lab.slug).submissions
    yield "page claim", check


def checked_lately() -> None:
    """What a look at the numbers adds after an hour without one."""
    now = timezone.now()
    list(checked_between(now - timedelta(hours=1), now))


def operators_work() -> Iterator[tuple[str, Work]]:
    notes = Path(settings.NOTES_DIR)
    yield "page readyz", work_state
    yield "page sweep", sweep
    yield "page sign of life", lambda: show_life("bench")
    yield "page is cleaning due", is_cleaning_due
    yield "page oldest answer", seconds_of_the_oldest_answer
    yield "page last worker", seconds_since_a_worker
    yield "page metrics", lambda: list(families(Checks()))
    yield "page checked within an hour", checked_lately
    yield "doctor faults", look_at_faults
    for cleaner in cleaners():
        chore, _made = Chore.objects.get_or_create(name=cleaner.name)
        yield f"clean {cleaner.name}", lambda one=cleaner, chore=chore: one.batch(chore)
    yield "pack reports", lambda: list(pack_reports())
    yield "sync lessons", lambda: plan_courses(notes)
    yield "sync labs", lambda: plan_labs(Path(settings.CATALOG_DIR))
    yield (
        "sync changed lessons",
        lambda: [plan_of(read_course(one)) for one in course_folders(notes)],
    )
    yield "sync a changed lab", lambda: touched(Lab.objects.live()[0])
