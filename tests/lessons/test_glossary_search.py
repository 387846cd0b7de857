"""The words of a glossary are found as well, after the sections that teach them."""

from __future__ import annotations

import pytest

from lessons.glossary_search import TERM, term_hits
from lessons.models import Course, Section, Term
from lessons.search import SECTION, Hit, find, section_hits
from portal.accounts.models import User
from tests.rows import index

MAKERS = {SECTION: section_hits, TERM: term_hits}


def explain(course: Course, slug: str, name: str, text: str, *also: str) -> Term:
    home = course.sections.get(slug="inbound-rules")
    return Term.objects.create(
        course=course, slug=slug, name=name, also=list(also), text=text, section=home
    )


@pytest.fixture
def terms(course: Course, other_course: Course) -> list[Term]:
    made = [
        explain(course, "vault", "Vault", "A room for gold.", "Strong room", "VLT"),
        explain(course, "porch", "Porch", "What is before a vault."),
    ]
    knife = other_course.sections.get()
    made.append(
        Term.objects.create(
            course=other_course, slug="vault", name="Vault", text="A jump.", section=knife
        )
    )
    for one in (course, other_course):
        index(one)
    return made


def found(text: str, user: User) -> tuple[Hit, ...]:
    return find(text, user, MAKERS).hits


def test_a_word_is_found_by_its_name_and_its_other_names_before_what_only_uses_it(terms, lea):
    assert [hit.title for hit in found("vault", lea)] == ["Vault", "Porch"]
    assert [hit.title for hit in found("vualt", lea)] == ["Vault", "Porch"]
    for name in ("strong room", "vlt", "gold"):
        assert [hit.title for hit in found(name, lea)] == ["Vault"]


def test_it_leads_to_its_place_in_the_glossary_and_says_where_it_is_taught(terms, lea):
    (hit, _porch) = found("vault", lea)
    assert (hit.url, hit.part, hit.place) == (
        "/learn/aws/glossary/#vault",
        "term",
        "Security groups",
    )
    assert hit.snippet == (("A room for gold.", False),)


def test_the_section_that_teaches_it_comes_first(terms, lea, course):
    Section.objects.filter(slug="inbound-rules").update(title="The vault", plain="A vault is safe.")
    index(course)
    assert [hit.part for hit in found("vault", lea)] == ["section", "term", "term"]


def test_words_of_other_courses_are_not_found(terms, lea, eve):
    assert [hit.url for hit in found("jump", eve)] == ["/learn/cooking/glossary/#vault"]
    assert found("jump", lea) == ()


def test_of_two_courses_each_has_its_own(terms, lea, other_cohort):
    other_cohort.enrol(lea)
    urls = {hit.url for hit in found("vault", User.objects.get(pk=lea.pk))}
    assert {"/learn/aws/glossary/#vault", "/learn/cooking/glossary/#vault"} <= urls


@pytest.mark.parametrize("copies", [1, 20])
def test_any_number_of_them_costs_no_query_once_they_are_known(
    copies, course, lea, django_assert_num_queries
):
    for number in range(copies):
        explain(course, f"vault-{number}", f"Vault {number}", "Gold.")
    index(course)
    found("vault", lea)
    with django_assert_num_queries(2):  # whose courses these are, which a request knows
        assert len(found("vault", lea)) == copies
