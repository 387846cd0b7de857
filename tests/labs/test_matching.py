"""Finding labs by their words."""

from __future__ import annotations

import pytest
from django.utils import timezone

from labs.models import Lab
from tests.rows import make_lab


@pytest.fixture
def labs(course) -> None:
    make_lab(course, "open-one-port", summary="Configuring a security group with two policies.")
    make_lab(course, "policy-of-least-privilege", summary="Say less.")
    make_lab(course, "specific-answers", summary="Be exact.")


def slugs(text: str, user) -> list[str]:
    return [lab.slug for lab in Lab.objects.visible_to(user).matching(text)]


def test_titles_come_before_summaries(labs, lea):
    assert (
        slugs("policies", lea)
        == slugs("policy", lea)
        == ["policy-of-least-privilege", "open-one-port"]
    )


@pytest.mark.parametrize(
    "text", ["configure", "CONFIG", "security gro", "configuring the port", "open (port*"]
)
def test_endings_and_marks_do_not_matter(text, labs, lea):
    assert slugs(text, lea) == ["open-one-port"]


def test_a_word_is_found_at_its_beginning_alone(labs, lea):
    assert slugs("spec", lea) == ["specific-answers"]
    assert slugs("ec", lea) == []


@pytest.mark.parametrize("text", ["", "\x00", ".*", "[a-z", "\\", "(?<", "the"])
def test_what_has_no_words_finds_nothing(text, labs, lea):
    assert slugs(text, lea) == []


def test_outsiders_and_archived_labs_are_left_out(labs, lea, eve):
    assert slugs("policy", eve) == []
    Lab.objects.filter(slug="open-one-port").update(archived_at=timezone.now())
    assert slugs("policy", lea) == ["policy-of-least-privilege"]
