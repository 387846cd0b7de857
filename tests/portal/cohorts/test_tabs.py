"""The parts of a cohort: what is used daily stands there, the rest in groups that open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from portal.accounts.models import User
from portal.cohorts.models import Cohort

ClientOf = Callable[[User], Client]
ALONE = ["", "help/", "queue/"]
GROUPS = {
    "Learning": ["radar/", "items/", "certificates/", "dates/"],
    "People": ["members/", "invitations/", "announcements/"],
    "Manage": ["settings/", "exports/", "log/"],
}


def tabs(client: Client, part: str) -> str:
    page = client.get(f"/cohorts/autumn/{part}").content.decode()
    return page.partition('<nav class="tabs"')[2].partition("</nav>")[0]


def links(html: str) -> list[str]:
    return re.findall(r'href="/cohorts/autumn/([^"]*)"', html)


@pytest.mark.parametrize("part", [*ALONE, *(part for parts in GROUPS.values() for part in parts)])
def test_where_one_is_is_marked_and_the_group_that_it_is_in(
    client_of: ClientOf, cohort: Cohort, tom: User, part: str
) -> None:
    html = tabs(client_of(tom), part)
    assert re.findall(r'href="/cohorts/autumn/([^"]*)"\s+aria-current="page"', html) == [part]
    group = re.findall(r"data-current>\s*<summary>(\w+)<", html)
    assert group == [name for name, parts in GROUPS.items() if part in parts]


@pytest.mark.parametrize("tab", ["", "date", "item", "s e", "members invitations"])
def test_a_part_is_marked_by_its_whole_name(cohort: Cohort, tab: str) -> None:
    cohort.is_led = True
    html = render_to_string("portal/cohorts/_tabs.html", {"cohort": cohort, "tab": tab})
    assert "current" not in html


def test_each_part_is_there_once(client_of: ClientOf, cohort: Cohort, tom: User, amy: User) -> None:
    everything = [*ALONE, *(part for parts in GROUPS.values() for part in parts)]
    assert links(tabs(client_of(tom), "members/")) == everything
    assert links(tabs(client_of(amy), "members/")) == [
        *ALONE,
        "radar/",
        "items/",
        "certificates/",
        "members/",
    ]
