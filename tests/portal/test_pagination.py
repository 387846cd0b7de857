"""Pages of long lists: one component, whose links keep the rest of the address."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory


def links(asked: str, number: int, **how: object) -> dict[str, str]:
    context = {"pages": Paginator(range(30), 10).get_page(number), **how}
    html = render_to_string("components/pages.html", context, RequestFactory().get(asked))
    found = re.findall(r'rel="(prev|next)"\s+href="([^"]*)"', html)
    return {rel: unescape(href) for rel, href in found}


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (1, {"next": "?q=a+%26+b&page=2"}),
        (2, {"prev": "?q=a+%26+b&page=1", "next": "?q=a+%26+b&page=3"}),
        (3, {"prev": "?q=a+%26+b&page=2"}),
    ],
)
def test_a_link_changes_the_page_alone(number: int, found: dict[str, str]) -> None:
    assert links("/members/?q=a+%26+b", number) == found
    assert links("/members/?q=a+%26+b&page=9&page=8", number) == found


def test_a_page_that_answers_a_form_leads_to_the_one_that_can_be_opened() -> None:
    assert links("/a/apply/?q=1", 1, address="/a/") == {"next": "/a/?q=1&page=2"}


def test_a_link_may_lead_to_a_part_of_the_page() -> None:
    assert links("/", 1, anchor="#grid") == {"next": "?page=2#grid"}


def test_what_somebody_wrote_into_the_address_stays_text() -> None:
    [href] = links('/?q="><script>', 1).values()
    assert href == "?q=%22%3E%3Cscript%3E&page=2"
