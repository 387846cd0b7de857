"""Processor time of searching, beside the bare page as all pages are."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from portal.accounts.models import User
from tests.bench.bench_pages import LEARNER, costs
from tests.bench.row import Effort, Row

ASKED = {
    "a word": ("search", "bucket"),
    "a question": ("search", "who may read a bucket policy"),
    "while it is typed": ("search_results", "securit"),
    "nothing is found": ("search", "zebra"),
}


def rows(effort: Effort) -> Iterator[Row]:
    pages = {name: reverse(view, query={"q": words}) for name, (view, words) in ASKED.items()}
    yield from costs(User.objects.get(email=LEARNER), pages, effort)
