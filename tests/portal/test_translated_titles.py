"""A course of which one module and one lesson are German, too: each title says which language it is
in, in German pages and in English ones."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from lessons.editions import new_edition
from lessons.models import Completion, Course, EarlierText, Term, Translation
from portal.accounts.models import User
from portal.cohorts.models import DueDate
from tests.labs.trying import IN_A_BLOCK, put_in
from tests.rows import index, make_lab

ENGLISH = {"Aws", "Storage", "Network", "Buckets", "Policies", "Security groups", "Deny wins"}
GERMAN = {"Wolken", "Speicher", "Eimer"}
EMPTY = {"br", "hr", "img", "input", "link", "meta", "path", "use", "col", "source", "wbr"}


class Titles(HTMLParser):
    """Each title of a page with the language it says it is in. What a widget of Django draws, an
    option without a group, cannot say it."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.languages, self.tags, self.found = [language], [""], set[tuple[str, str]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.languages.append(dict(attrs).get("lang") or self.languages[-1])
            self.tags.append(tag)
        label = dict(attrs).get("label")
        if tag == "optgroup" and label:
            self.handle_data(label)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.languages.pop()
            self.tags.pop()

    def handle_data(self, data: str) -> None:
        words = data.strip(" \n·,.←→")
        if self.tags[-1] == "option" and self.tags[-2] != "optgroup":
            return
        if words in ENGLISH | GERMAN:
            self.found.add((words, self.languages[-1]))


def titles(client: Client, address: str, language: str) -> set[tuple[str, str]]:
    client.cookies["django_language"] = language
    page = client.get(address)
    assert page.status_code == 200, address
    reader = Titles(language)
    body = page.content.decode().partition("<body")[2].partition(">")[2].partition("</body>")[0]
    reader.feed(body)
    return reader.found


@pytest.fixture
def lea(lea: User, course: Course) -> User:
    """Completed “Buckets” before it changed."""
    lesson = course.lessons.get(slug="buckets")
    put_in(lesson, IN_A_BLOCK)
    yesterday = timezone.now() - timedelta(days=1)
    Completion.objects.create(user=lea, lesson=lesson, completed_at=yesterday)
    EarlierText.objects.create(lesson=lesson)
    return lea


@pytest.fixture(autouse=True)
def _partly_german(course: Course, lea: User) -> None:
    lesson = course.lessons.get(slug="buckets")
    Translation.objects.create(
        lesson=lesson,
        language="de",
        title="Eimer",
        html=lesson.html,
        contents=lesson.contents,
        is_behind=False,
    )
    words = {"title": "Wolken", "summary": ""}
    modules = {"storage": {"title": "Speicher", "summary": ""}}
    course.translations = {"de": words | {"modules": modules}}
    course.edition = new_edition()
    course.save()
    make_lab(course, "deny-wins")
    for slug in ("bucket-names", "policy-structure"):
        section = course.sections.get(slug=slug)
        Term.objects.create(course=course, slug=slug, name=slug, text="So.", section=section)
    index(course)


OF_LEARNERS = {
    "/day/": {"Eimer", "Speicher", "Wolken", "Network"},
    "/learn/aws/": {"Eimer", "Speicher", "Policies", "Wolken"},
    "/learn/aws/buckets/": {"Eimer", "Speicher", "Wolken"},
    "/learn/aws/policies/": {"Eimer", "Policies", "Speicher"},
    "/learn/aws/buckets/changes/": {"Eimer", "Wolken"},
    "/learn/aws/glossary/": {"Eimer", "Policies", "Wolken"},
    "/learn/aws/modules/storage/print/": {"Eimer", "Speicher", "Wolken"},
    "/search/?q=bucket": {"Eimer"},
    "/labs/": {"Deny wins", "Wolken"},
    "/labs/deny-wins/": {"Deny wins"},
    "/labs/tries/aws/buckets/in-a-block/": {"Eimer", "Wolken"},
}
OF_INSTRUCTORS = {
    "/cohorts/autumn/": {"Wolken", "Eimer", "Policies", "Speicher", "Network", "Deny wins"},
    "/cohorts/autumn/dates/": {"Eimer", "Speicher", "Policies", "Deny wins"},
    "/cohorts/autumn/items/": {"Eimer", "Policies", "Deny wins"},
    "/cohorts/autumn/items/lessons/aws/buckets/": {"Eimer"},
    "/cohorts/autumn/learners/{lea}/": {"Eimer", "Speicher", "Policies", "Deny wins"},
    "/cohorts/autumn/learners/{lea}/lesson-{buckets}/": {"Eimer", "Policies"},
    "/cohorts/autumn/learners/{lea}/lesson-{policies}/": {"Eimer", "Policies"},
}


def in_its_language(found: set[tuple[str, str]]) -> set[str]:
    """The titles, each of which says rightly what it is in."""
    assert {title for title, language in found if language == "de"} <= GERMAN
    assert {title for title, language in found if language == "en"} <= ENGLISH
    return {title for title, _language in found}


@pytest.mark.parametrize(("address", "shown"), OF_LEARNERS.items(), ids=OF_LEARNERS)
def test_titles_on_a_learners_page_say_their_language(
    lea: User, tom: User, client_of, address: str, shown: set[str]
):
    client = client_of(lea)
    assert in_its_language(titles(client, address, "de")) >= shown
    assert in_its_language(titles(client, address, "en")).isdisjoint(GERMAN)


@pytest.mark.parametrize(("address", "shown"), OF_INSTRUCTORS.items(), ids=OF_INSTRUCTORS)
def test_titles_on_an_instructors_page_say_their_language(
    lea: User, tom: User, course: Course, client_of, address: str, shown: set[str]
):
    for lesson in course.lessons.all():
        due_at = timezone.now() - timedelta(days=2)
        DueDate.objects.create(cohort=tom.memberships.get().cohort, lesson=lesson, due_at=due_at)
    tom.memberships.get().cohort.renew_dates()
    keys = {lesson.slug.replace("-", "_"): lesson.pk for lesson in course.lessons.all()}
    address = address.format(lea=lea.pk, **keys)
    client = client_of(tom)
    assert in_its_language(titles(client, address, "de")) >= shown
    assert in_its_language(titles(client, address, "en")).isdisjoint(GERMAN)


def test_the_portals_own_words_in_the_grid_are_in_the_readers_language(tom: User, client_of):
    """Labs that belong to no lesson stand below words of the portal."""
    client = client_of(tom)
    client.cookies["django_language"] = "de"
    page = " ".join(client.get("/cohorts/autumn/").content.decode().split())
    assert '<th scope="colgroup" colspan="1">Weitere Labs</th>' in page
    assert '<optgroup label="Weitere Labs">' in page
