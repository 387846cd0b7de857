"""The people of every test: lea and mia learn, tom teaches them, and
amy assists him; eve and ida belong to another cohort; ada administers."""

from __future__ import annotations

import functools
import gc
import itertools
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from labs import kept_verdicts, lesson_links, shelves
from labs.models import efforts
from labs.quiz import sheets
from lessons import editions, search
from lessons.limits import here
from lessons.models import Course
from portal.accounts.models import User
from portal.certificates import keys
from portal.cohorts.models import Cohort, Role
from tests import prepared
from tests.rows import SMALL_COURSE, make_course, make_user, signed_in


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits of one test must not reach the next."""
    cache.clear()
    here.clear()


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of what may be done so often in a minute never crosses into the next one."""
    monkeypatch.setattr("lessons.limits.time", SimpleNamespace(time=lambda: 1_000_000.0))


@pytest.fixture(autouse=True)
def _nobodys_language() -> Iterator[None]:
    """A request leaves its reader's language with the thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Courses of one test have the keys of those of the next, and no edition."""
    editions.load_in.cache_clear()
    search.index_of.cache_clear()
    shelves.load_in.cache_clear()
    lesson_links.sections_of.cache_clear()
    kept_verdicts.pages.clear()
    efforts.load.cache_clear()
    sheets.sheet_of.cache_clear()


@functools.cache
def made_key(turn: int, *, public_exponent: int, key_size: int) -> RSAPrivateKey:
    return generate_private_key(public_exponent, key_size)


@pytest.fixture(autouse=True)
def _keys_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """To make one takes longer than most tests; those of one test differ."""
    turns = itertools.count()
    monkeypatch.setattr(
        keys, "generate_private_key", lambda **given: made_key(next(turns), **given)
    )


@pytest.fixture
def course(db: None) -> Course:
    """Two modules, three lessons, five sections."""
    return make_course("aws", SMALL_COURSE)


@pytest.fixture
def other_course(db: None) -> Course:
    return make_course("cooking", {"basics": {"knives": ["how-to-hold-a-knife"]}})


@pytest.fixture
def cohort(course: Course) -> Cohort:
    return Cohort.objects.create(name="Autumn", slug="autumn", course=course)


@pytest.fixture
def other_cohort(other_course: Course) -> Cohort:
    return Cohort.objects.create(name="Cooks", slug="cooks", course=other_course)


@pytest.fixture
def lea(cohort: Cohort) -> User:
    """Learns."""
    lea = make_user("Lea Learner")
    cohort.enrol(lea)
    return lea


@pytest.fixture
def mia(cohort: Cohort) -> User:
    """Learns in the same cohort."""
    mia = make_user("Mia Learner")
    cohort.enrol(mia)
    return mia


@pytest.fixture
def tom(cohort: Cohort) -> User:
    """Teaches lea and mia."""
    tom = make_user("Tom Teacher")
    cohort.enrol(tom, role=Role.INSTRUCTOR)
    return tom


@pytest.fixture
def amy(cohort: Cohort) -> User:
    """Assists tom: sees what he sees, and comments."""
    amy = make_user("Amy Assistant")
    cohort.enrol(amy, role=Role.ASSISTANT)
    return amy


@pytest.fixture
def ada(db: None) -> User:
    """Administers the portal, and belongs to no cohort."""
    return make_user("Ada Administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def eve(other_cohort: Cohort) -> User:
    """The outsider: learns something else."""
    eve = make_user("Eve Outsider")
    other_cohort.enrol(eve)
    return eve


@pytest.fixture
def ida(other_cohort: Cohort) -> User:
    """Teaches the other cohort, and nothing here."""
    ida = make_user("Ida Instructor")
    other_cohort.enrol(ida, role=Role.INSTRUCTOR)
    return ida


@pytest.fixture
def proven_client_of() -> Callable[[User], Client]:
    """A browser in which somebody has just shown who they are."""
    return functools.partial(signed_in, minutes_ago=0)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""
    return signed_in


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # what is collected stays; to look through it again and again takes long
    # pytest-xdist's workers belong to its run, and several runs may belong to one (`.ci/run`)
    if not prepared.is_run():
        prepared.begin_run()
        config.add_cleanup(prepared.end_run)


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="only tests that touch the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        touching = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = touching


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(fixtures & {"db", "transactional_db"})
