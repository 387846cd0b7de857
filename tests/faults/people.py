"""Learners with plain browsers, who try again what did not arrive, with the same form."""

from __future__ import annotations

import http.client
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from typing import Any

from tests.visitor import Form, Page, Visitor

LOST = (OSError, http.client.HTTPException)
GIVE_UP = 90.0


class GaveUp(Exception):
    """Nothing was acknowledged in all that time."""


class SignedOut(Exception):
    """A session got lost."""


class Stay(urllib.request.HTTPRedirectHandler):
    """What a POST is answered with is seen, and not only where it leads."""

    def redirect_request(
        self, req: urllib.request.Request, *rest: Any
    ) -> urllib.request.Request | None:
        return None if req.data is not None else super().redirect_request(req, *rest)


class Browser(Visitor):
    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, Stay())
        self.location = ""

    def open(self, request: urllib.request.Request) -> Page:
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.location = answer.headers.get("Location") or ""
            return Page(answer.url, answer.status, answer.read().decode())


def is_told_to_wait(page: Page) -> bool:
    """More answers than we check at once; what was typed stays where it is."""
    return page.status == 429 and "Nothing is lost" in page.text


class Person:
    """Somebody who learns. `trouble` is what they saw and should not have seen."""

    def __init__(self, url: str, email: str, *, seed: str, **known: Any) -> None:
        self.email, self.known = email, known
        self.browser, self.dice = Browser(url), random.Random(seed)
        self.trouble: list[str] = []
        self.repeated = 0

    def sign_in(self, password: str) -> None:
        page = self.browser.sign_in(self.email, password)
        assert (page.status, self.browser.location) == (302, "/day/"), page.text[:300]

    def persist(self, act: Callable[[], Page]) -> Page:
        """Until the portal answers for good: no error of its own, no lost line."""
        deadline = time.monotonic() + GIVE_UP
        while time.monotonic() < deadline:
            try:
                page = act()
            except LOST:
                page = None
            if page and page.status < 500:
                self.look_at(page)
                return page
            self.repeated += 1
            time.sleep(self.dice.uniform(0.3, 1.5))
        raise GaveUp

    def look_at(self, page: Page) -> None:
        if "/accounts/login" in page.url + self.browser.location:
            raise SignedOut
        if page.status not in (200, 302) and not is_told_to_wait(page):
            self.trouble.append(f"{self.email}: {page.status} at {page.url}")

    def get(self, path: str) -> Page:
        return self.persist(lambda: self.browser.get(path))

    def post(self, page: Page, path: str, form: Form, **values: str) -> Page:
        """The same form again and again, as somebody who clicks again does."""
        data = urllib.parse.urlencode(form.fields | values).encode()
        address = urllib.parse.urljoin(page.url, path)
        request = urllib.request.Request(address, data, {"Referer": page.url})
        return self.persist(lambda: self.browser.open(request))
