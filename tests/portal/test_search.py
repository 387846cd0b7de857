"""The search page and what is shown while one types."""

from __future__ import annotations

import re

import pytest

from lessons.models import Course, Section
from tests.rows import index, make_lab

PLACES = ["/search/", "/search/results/"]


@pytest.fixture(autouse=True)
def _indexed(course, other_course) -> None:
    for one in (course, other_course):
        index(one)


def links(page) -> list[str]:
    """Where the results lead."""
    return re.findall(r'<li><a href="([^"]+)"', page.content.decode())


def text_of(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page.content.decode()).split())


def ask(client, text: str, place: str = "/search/"):
    return client.get(place, {"q": text})


@pytest.mark.parametrize("place", PLACES)
def test_sections_and_labs_are_found(place, lea, course, client_of):
    make_lab(course, "name-a-bucket", summary="Pick a name.")
    index(course)
    page = ask(client_of(lea), "bucket", place)
    assert set(links(page)) == {
        "/learn/aws/buckets/#what-a-bucket-is",
        "/learn/aws/buckets/#bucket-names",
        "/labs/name-a-bucket/",
    }
    assert "3 results" in text_of(page)


def test_matches_are_marked_and_nothing_else_is_markup(lea, client_of):
    Section.objects.filter(slug="bucket-names").update(plain="A <b>vault</b> & a key.")
    index(Course.objects.get(slug="aws"))
    page = ask(client_of(lea), "vault").content.decode()
    assert "A &lt;b&gt;<mark>vault</mark>&lt;/b&gt; &amp; a key." in page


def test_what_was_asked_is_said_back_as_text(lea, client_of):
    page = ask(client_of(lea), '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text", ['"', "\x00", "bucket\x00", "AND", "*", "🪣", "x" * 10_000, "(" * 300, "%", "bucket \\"]
)
def test_anything_may_be_asked(text, place, lea, client_of):
    page = ask(client_of(lea), text, place)
    assert page.status_code == 200
    assert set(links(page)) <= {
        "/learn/aws/buckets/#what-a-bucket-is",
        "/learn/aws/buckets/#bucket-names",
    }


def test_before_a_word_is_typed_the_page_says_what_to_do(lea, client_of):
    client = client_of(lea)
    assert "Type a word or two" in text_of(client.get("/search/"))
    assert "Type a word or two" in text_of(ask(client, "?!"))


def test_nothing_found_says_what_to_do(lea, client_of):
    page = ask(client_of(lea), "xylophone")
    assert "0 results" in text_of(page)
    assert "No page has these words" in text_of(page)


def test_whoever_belongs_to_no_course_is_told_how_to_enter_one(lea, cohort, client_of):
    cohort.memberships.all().delete()
    page = ask(client_of(lea), "bucket")
    assert 'href="/accounts/join/"' in page.content.decode()
    assert "You belong to no course so far" in text_of(page)


def test_another_cohorts_course_and_labs_are_not_found(lea, eve, course, client_of):
    make_lab(course, "name-a-bucket")
    index(course)
    assert len(links(ask(client_of(lea), "bucket"))) == 3
    assert links(ask(client_of(eve), "bucket")) == []
    assert links(ask(client_of(eve), "knife")) == ["/learn/cooking/knives/#how-to-hold-a-knife"]


def test_the_course_is_named_only_to_those_who_have_two(lea, other_cohort, client_of):
    assert "Aws · Security groups" not in text_of(ask(client_of(lea), "inbound"))
    other_cohort.enrol(lea)
    assert "Aws · Security groups" in text_of(ask(client_of(lea), "inbound"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("labs", [1, 3])
def test_any_number_of_results_costs_three_queries(
    labs, place, lea, course, client_of, django_assert_num_queries
):
    for number in range(labs):
        make_lab(course, f"bucket-{number}")
    index(course)
    client = client_of(lea)
    ask(client, "bucket", place)  # the index and the labs stay in memory
    with django_assert_num_queries(3):
        page = ask(client, "bucket", place)
    assert len(links(page)) == 2 + labs


def test_every_page_of_a_member_leads_to_search_and_a_strangers_does_not(lea, client, client_of):
    assert '<a class="site-search" href="/search/"' in client_of(lea).get("/day/").content.decode()
    assert "/search/" not in client.get("/").content.decode()


def test_a_lab_says_that_it_is_one_and_where_it_belongs(lea, course, client_of):
    make_lab(course, "name-a-vault", section="bucket-names")
    index(course)
    assert "Name a vault Lab · Buckets" in text_of(ask(client_of(lea), "vault"))


def test_a_mistyped_word_finds_what_was_meant_and_the_page_says_so(lea, client_of):
    page = ask(client_of(lea), "inbuond")
    assert links(page) == ["/learn/aws/security-groups/#inbound-rules"]
    assert "Nobody wrote “inbuond” here: these are about “inbound”." in text_of(page)


def test_a_question_that_no_page_answers_whole_finds_the_nearest_and_the_page_says_so(
    lea, client_of
):
    page = ask(client_of(lea), "inbound rules zebra")
    assert links(page) == ["/learn/aws/security-groups/#inbound-rules"]
    assert "No page has all of these words" in text_of(page)


def test_a_word_of_the_glossary_says_that_it_is_one(lea, course, client_of):
    home = course.sections.get(slug="inbound-rules")
    course.terms.create(slug="vault", name="Vault", text="A room.", section=home)
    index(course)
    page = ask(client_of(lea), "vault")
    assert links(page) == ["/learn/aws/glossary/#vault"]
    assert "Vault Glossary · Security groups A room." in text_of(page)
