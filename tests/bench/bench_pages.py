"""CPU of the pages that learners see, beside a bare signed-in page of Django in the same process.

    python -m tests.bench.bench_pages [ROUNDS]

Makes what it needs in the database of DATABASE_URL (or DATA_DIR): a synced course and one learner.
Pages take turns, so that a busy machine is busy for all of them alike.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from labs import limits  # noqa: E402
from labs.models import Lab, Submission  # noqa: E402
from lessons.models import Lesson  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from tests.bench import bare  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
OURS = "portal.accounts.backend.Backend"
LESSON, LAB = "security-groups", "read-one-bucket"


class Reader:
    """A browser that is signed in: the application is called as the server calls it."""

    def __init__(self, application: WSGIHandler, user: User, backend: str) -> None:
        self.application = application
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = backend
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.factory = RequestFactory()
        self.factory.cookies = SimpleCookie({"sessionid": session.session_key or ""})

    def get(self, url: str) -> Any:
        request = self.factory.get(url, headers={"host": "localhost"})
        response = self.application.get_response(request)
        assert response.status_code == 200, (url, response.status_code)
        response.close()
        return response

    def cost(self, url: str) -> float:
        """Milliseconds of CPU."""
        began = time.process_time()
        self.get(url)
        return (time.process_time() - began) * 1000


def prepare() -> User:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Lesson.objects.exists():
        call_command("sync_content", apply=True, verbosity=0)
    if not User.objects.filter(email="lea@demo.example").exists():
        call_command("seed_demo", verbosity=0)
    return User.objects.get(email="lea@demo.example")


def addresses(user: User) -> dict[str, str]:
    lesson = Lesson.objects.select_related("course").get(slug=LESSON)
    submission = Submission.objects.filter(user=user).latest("pk")
    return {
        "lesson": lesson.get_absolute_url(),
        "your day": reverse("day"),
        "course": lesson.course.get_absolute_url(),
        "labs": reverse("labs:lab_list"),
        "lab": Lab.objects.get(slug=LAB).get_absolute_url(),
        "submission": submission.get_absolute_url(),
    }


def queries(reader: Reader, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        reader.get(url)
    return len(captured)


def main() -> None:
    user = prepare()
    limits.within_limit = lambda *_who, **_how: True  # nobody opens a page so often
    application = WSGIHandler()
    floor, reader = Reader(bare.handler(), user, bare.BACKEND), Reader(application, user, OURS)
    pages = addresses(user)
    costs: dict[str, list[float]] = {name: [] for name in ["bare", *pages]}
    for number in range(ROUNDS + 5):
        for name, cost in [
            ("bare", floor.cost("/bare/")),
            *((name, reader.cost(url)) for name, url in pages.items()),
        ]:
            if number >= 5:
                costs[name].append(cost)
    bottom = statistics.median(costs["bare"])
    print(f"{connection.vendor}, {ROUNDS} rounds, milliseconds of CPU")
    print(f"{'page':<12}{'median':>8}{'p90':>8}{'× bare':>8}{'queries':>9}{'bytes':>9}")
    for name, taken in costs.items():
        middle = statistics.median(taken)
        p90 = sorted(taken)[len(taken) * 9 // 10]
        count = queries(reader, pages[name]) if name in pages else queries(floor, "/bare/")
        size = len(reader.get(pages[name]).content) if name in pages else 0
        print(f"{name:<12}{middle:8.2f}{p90:8.2f}{middle / bottom:8.2f}{count:9}{size:9}")


if __name__ == "__main__":
    main()
