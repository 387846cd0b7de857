"""The list of page kinds is whole; tests/e2e/test_pages.py looks at each of them in a browser."""

from __future__ import annotations

from tests.pages import NO_PAGES, PAGES
from tests.test_access import TABLE


def test_every_address_that_is_read_is_a_page_kind_or_declared_as_none():
    read = {row.name for row in TABLE if row.request.startswith("GET ")}
    assert read == set(PAGES) | NO_PAGES
