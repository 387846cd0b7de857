"""Searching in what one may read."""

from __future__ import annotations

import pytest
from django.utils import timezone

from lessons.models import Lesson, Section
from lessons.search import Hit, find
from lessons.searching.words import words_of
from tests.rows import index

HOSTILE = [
    "",
    " ",
    '"',
    '""""',
    "'",
    "\\",
    "\x00",
    "bucket\x00s",
    "*",
    "AND",
    "NOT",
    "NEAR(a b)",
    "title:",
    "^bucket",
    "{title plain}: bucket",
    "bucket -names",
    "(",
    ")) OR 1=1 --",
    "'; DROP TABLE lessons_section; --",
    "& | ! <->",
    "a:*",
    "%s %(x)s %",
    "🪣🪣🪣",
    "²³¼ ①",
    "\ud7ff\u200d\ufeff",
    "e\u0301" * 50,
    "x" * 10_000,
    "bucket " * 2_000,
    '"' * 10_000,
    "<script>alert(1)</script>",
    "数据 桶",
]


@pytest.fixture(autouse=True)
def _indexed(course) -> None:
    index(course)


def write(slug: str, title: str, plain: str) -> None:
    section = Section.objects.select_related("course").get(slug=slug)
    section.title, section.plain = title, plain
    section.save()
    index(section.course)


def search(text: str, user) -> tuple[Hit, ...]:
    return find(text, user).hits


def titles(text: str, user) -> list[str]:
    return [hit.title for hit in search(text, user)]


def marked(hit: Hit) -> list[str]:
    return [text for text, is_match in hit.snippet if is_match]


def test_a_hit_leads_to_the_heading(lea):
    (hit,) = search("inbound", lea)
    assert (hit.title, hit.place, hit.course) == ("Inbound rules", "Security groups", "Aws")
    assert hit.url == "/learn/aws/security-groups/#inbound-rules"
    assert hit.snippet == (("All about ", False), ("Inbound", True), (" rules.", False))


@pytest.mark.parametrize(
    "text", ["configure", "configures", "Configuring", "CONFIGURED", "configure a vault?"]
)
def test_endings_do_not_matter(text, lea):
    write("bucket-names", "Names", "Configuring your vaults takes a minute.")
    (hit,) = search(text, lea)
    assert (hit.title, marked(hit)[0]) == ("Names", "Configuring")


def test_every_word_must_be_there(lea):
    write("bucket-names", "Names", "Lower-case letters only.")
    write("what-a-bucket-is", "Letters", "Written on paper.")
    assert titles("letters lower", lea) == ["Names"]
    assert titles("letters paper", lea) == ["Letters"]
    assert titles("lower paper", lea) == []


def test_a_title_comes_before_many_words_of_text(lea):
    write("bucket-names", "Names", "A gateway, and one more gateway: every gateway is a gateway.")
    write(
        "policy-structure",
        "The gateway",
        "What leads out of a network, and how the way back is found, at some length.",
    )
    assert titles("gateway", lea) == ["The gateway", "Names"]


@pytest.mark.parametrize("end", range(3, len("availability") + 1))
def test_a_word_is_found_while_it_is_typed(end, lea):
    """Also where the letters so far are more than the word's stem."""
    write("bucket-names", "Zones", "Made for high availability.")
    (hit,) = search("high " + "availability"[:end], lea)
    assert (hit.title, marked(hit)) == ("Zones", ["high", "availability"])


def test_only_the_last_word_is_still_typed(lea):
    write("bucket-names", "Names", "Gateways and endpoints.")
    assert titles("endpoi gateway", lea) == []
    assert titles("gateway endpoi", lea) == ["Names"]


@pytest.mark.parametrize(
    "text", ["t2.micro", "micro", "us-east-1", "east 1", "s3:GetObject", "10.0.0.0/16", "getobj"]
)
def test_names_of_things_are_found_whole_and_in_part(text, lea):
    words = "A t2.micro in us-east-1 with 10.0.0.0/16 may s3:GetObject."
    write("bucket-names", "Names", words)
    (hit,) = search(text, lea)
    assert "".join(text for text, _is_match in hit.snippet) == words
    assert marked(hit)[0].lower().startswith(words_of(text)[0])


def test_a_long_text_shows_the_place_of_the_match(lea):
    before, after = "Before it. " * 60, " After it." * 60
    write("bucket-names", "Names", f"{before}\nThe needle is here.\n{after}")
    (hit,) = search("needle", lea)
    shown = "".join(text for text, _is_match in hit.snippet)
    assert (marked(hit), shown[:2], shown[-2:]) == (["needle"], "… ", " …")
    assert len(shown) < 300


def test_what_a_text_holds_stays_text(lea):
    """As data: the template escapes it."""
    words = "Put <script>alert('vault')</script> & <b>vault</b> here."
    write("bucket-names", "Names", words)
    (hit,) = search("vault", lea)
    assert marked(hit) == ["vault", "vault"]
    assert "".join(text for text, _is_match in hit.snippet) == words


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_may_be_asked(text, lea):
    assert set(titles(text, lea)) <= {"What a bucket is", "Bucket names"}


def test_marks_around_words_change_nothing(lea):
    assert titles('bucket "names" (*', lea) == ["Bucket names"]


def test_another_course_is_not_found(lea, eve):
    for section in Section.objects.all():
        write(section.slug, section.title, "The one secret.")
    assert {hit.course for hit in search("secret", lea)} == {"Aws"}
    assert titles("secret", eve) == ["How to hold a knife"]


def test_whoever_belongs_to_no_cohort_finds_nothing(lea, cohort):
    cohort.memberships.all().delete()
    assert titles("bucket", lea) == []


def test_what_left_the_notes_is_not_found(lea, course):
    """Also before the index says so."""
    Section.objects.filter(slug="bucket-names").update(archived_at=timezone.now())
    assert titles("bucket", lea) == ["What a bucket is"]
    Lesson.objects.filter(slug="buckets").update(archived_at=timezone.now())
    assert titles("bucket", lea) == []
    index(course)
    assert find("bucket", lea).guessed == {}
    assert titles("bucket", lea) == []


def test_a_changed_section_is_found_by_its_new_words_alone(lea):
    write("bucket-names", "Names", "Zebra.")
    assert titles("zebra", lea) == ["Names"]
    write("bucket-names", "Names", "Giraffe.")
    assert (titles("zebra", lea), titles("giraffe", lea)) == ([], ["Names"])


def test_a_heading_without_text_is_found_by_what_comes_below_it(lea):
    write("what-a-bucket-is", "Vaults", "")
    (hit,) = search("vaults", lea)
    assert hit.url == "/learn/aws/buckets/#bucket-names"


def test_a_course_that_no_sync_has_indexed_finds_nothing(lea, course):
    course.search_index.delete()
    assert titles("bucket", lea) == []


@pytest.mark.parametrize("copies", [1, 3])
def test_any_number_of_hits_costs_three_queries(copies, lea, course, django_assert_num_queries):
    chosen = Section.objects.filter(
        pk__in=list(Section.objects.values_list("pk", flat=True)[:copies])
    )
    chosen.update(plain="A needle.")
    index(course)
    with django_assert_num_queries(3):
        assert len(search("needle", lea)) == copies


def test_nothing_to_look_for_costs_no_query(lea, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search("?!", lea) == ()
