"""A visitor with a plain HTTP client: no JavaScript, cookies kept,
forms filled in as a browser would."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from html.parser import HTMLParser
from http.cookiejar import CookieJar


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Forms with the values that they would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.open)
        elif (
            self.open
            and tag == "input"
            and given.get("name")
            and given.get("type") not in {"submit", "checkbox", "radio"}
        ):
            self.open.fields[given["name"]] = given.get("value", "")
        elif self.open and tag == "textarea" and given.get("name"):
            self.textarea = given["name"]
            self.open.fields[self.textarea] = ""

    def handle_data(self, data: str) -> None:
        if self.open and self.textarea:
            self.open.fields[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.textarea = ""


@dataclass
class Page:
    url: str
    status: int
    source: str
    headers: Message = field(default_factory=Message)

    @property
    def text(self) -> str:
        """What is read: without tags, spaces folded."""
        without_code = re.sub(r"<(script|style)\b.*?</\1>", " ", self.source, flags=re.S)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without_code)).split())

    def links(self, pattern: str) -> list[str]:
        found = (
            html.unescape(link) for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', self.source)
        )
        return list(dict.fromkeys(link for link in found if re.search(pattern, link)))

    def form(self, pattern: str) -> Form:
        reader = FormReader()
        reader.feed(self.source)
        return next(form for form in reader.forms if re.search(pattern, form.action or self.url))


class Visitor:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self.open(urllib.request.Request(urllib.parse.urljoin(self.base_url, path)))

    def send(self, page: Page, pattern: str, **values: str) -> Page:
        """Fill in and send the page's form whose action matches; redirects are followed."""
        form = page.form(pattern)
        data = urllib.parse.urlencode(form.fields | values).encode()
        address = urllib.parse.urljoin(page.url, form.action)
        return self.open(urllib.request.Request(address, data, {"Referer": page.url}))

    def open(self, request: urllib.request.Request) -> Page:
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(answer.url, answer.status, answer.read().decode(), answer.headers)

    def sign_in(self, email: str, password: str) -> Page:
        return self.send(self.get("/accounts/login/"), "login", login=email, password=password)
