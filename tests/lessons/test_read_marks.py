"""Which sections somebody has really read: kept with the place, shown in the contents list."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.limits import PLACES_PER_MINUTE
from lessons.models import Lesson, Place, Section
from lessons.progress import progress_of
from portal.accounts.own_data import data_of
from portal.cohorts.models import Cohort
from tests.lessons.folders import rename_and_move_policies
from tests.rows import make_user

HTMX = {"HX-Request": "true"}
PLACE = "/learn/aws/buckets/place/"


def read(client, *slugs: str, section: str = "", address: str = PLACE):
    return client.post(address, {"section": section, "read": slugs}, headers=HTMX)


def marked(client, address: str = "/learn/aws/buckets/") -> list[str]:
    """The headings in the contents list that have a tick."""
    html = client.get(address).content.decode()
    listed = html.split("data-contents", 1)[1].split("<template>", 1)[0]
    return re.findall(r'href="#([\w-]+)">[^<]*<span class="read-mark">', listed)


def test_what_was_read_has_a_tick_in_the_contents_list(lea, mia, course, client_of):
    client = client_of(lea)
    assert marked(client) == []
    assert read(client, "bucket-names", section="bucket-names").status_code == 204
    assert marked(client) == ["bucket-names"]
    assert marked(client_of(mia)) == []


def test_a_place_is_kept_without_reading_the_text(lea, course):
    lesson = course.lessons.get(slug="buckets")
    with CaptureQueriesContext(connection) as queries:
        lesson.remember_place(lea, "bucket-names", read=["bucket-names"])
    assert Place.objects.get().section.slug == "bucket-names"
    asked = " ".join(query["sql"] for query in queries)
    assert '"lessons_section"."slug"' in asked
    assert not re.search(r'"lessons_section"\."(?:text|plain)"', asked)


def test_what_was_read_before_stays_read_and_the_place_moves_on(lea, course, client_of):
    client = client_of(lea)
    read(client, "bucket-names", section="bucket-names")
    read(client, "what-a-bucket-is", section="what-a-bucket-is")
    read(
        client,
        "inbound-rules",
        section="inbound-rules",
        address="/learn/aws/security-groups/place/",
    )
    assert marked(client) == ["what-a-bucket-is", "bucket-names"]
    assert Place.objects.get().section.slug == "inbound-rules"
    (progress,) = progress_of(lea)
    assert progress.next.url == "/learn/aws/security-groups/#inbound-rules"


@pytest.mark.parametrize("sent", ["inbound-rules", "<script>", "\x00", "", "x" * 5000])
def test_what_is_no_section_of_the_lesson_is_not_read(sent, lea, course, client_of):
    assert read(client_of(lea), sent).status_code == 204
    assert Place.objects.get().read == ""


def test_reading_twice_takes_no_more_room(lea, course, client_of):
    for _twice in range(2):
        read(client_of(lea), "bucket-names", "bucket-names")
    assert len(Place.objects.get().read) == 12


def test_a_page_that_tells_too_often_is_not_listened_to(lea, course, client_of):
    client = client_of(lea)
    answers = [read(client, "bucket-names") for _number in range(PLACES_PER_MINUTE + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [204, 429]


def test_outsiders_read_nothing(eve, course, client_of):
    assert read(client_of(eve), "bucket-names").status_code == 404
    assert Place.objects.count() == 0


def test_a_tick_follows_its_section_into_another_lesson(notes_dir, client_of):
    reader = make_user("Lea Learner")
    lesson = Lesson.objects.get(slug="buckets")
    Cohort.objects.create(name="Small", slug="small", course=lesson.course).enrol(reader)
    lesson.remember_place(reader, "policies", read=["policies"])
    rename_and_move_policies(notes_dir)
    assert marked(client_of(reader), "/learn/small/rules/") == ["who-may-do-what"]


def test_one_is_given_a_list_of_what_one_read(lea, mia, course, client_of):
    read(client_of(lea), "bucket-names")
    assert data_of(lea)["read_sections"] == [{"lesson": "Buckets", "section": "Bucket names"}]
    assert data_of(mia)["read_sections"] == []


def test_the_keys_of_a_course_are_apart(notes_dir):
    sections = Section.objects.all()
    assert len({section.short_key for section in sections}) == len(sections)
