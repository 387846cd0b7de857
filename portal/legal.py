"""Imprint, privacy policy and terms of whoever runs this portal: Markdown files in LEGAL_DIR,
`privacy.md` for everybody and `privacy.de.md` for readers of German. Read once, at the start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lessons.rendering import heading_levels
from lessons.rendering import render as rendered
from lessons.templatetags.pieces import once

TITLES = {"imprint": _("Imprint"), "privacy": _("Privacy policy"), "terms": _("Terms of use")}
OPENED = re.compile(r"<h([1-6])\b")
Texts = Mapping[str, Mapping[str, str]]  # name → language ("" for all others) → HTML


@cache
def read_texts(folder: Path | None) -> Texts:
    if folder is None:
        return {}
    codes = ["", *dict(settings.LANGUAGES)]
    found = {name: read_text(folder, name, codes) for name in TITLES}
    return {name: texts for name, texts in found.items() if texts}


def read_text(folder: Path, name: str, codes: list[str]) -> dict[str, str]:
    paths = {code: folder / f"{name}{f'.{code}' if code else ''}.md" for code in codes}
    return {
        code: below_title(rendered(path.read_text(encoding="utf-8")))
        for code, path in paths.items()
        if path.is_file()
    }


def below_title(html: str) -> str:
    """The text's headings from h2 on, whatever it begins with: the page's title is its h1."""
    levels = heading_levels([int(level) for level in OPENED.findall(html)])
    for old, new in zip(OPENED.finditer(html), levels, strict=True):
        start, end = old.start(1), html.index(f"</h{old[1]}>", old.end()) + 3
        html = f"{html[:start]}{new}{html[start + 1 : end]}{new}{html[end + 1 :]}"
    return html


def text_of(name: str) -> str:
    """In the reader's language, else the one for everybody, else any; "" for none."""
    texts = read_texts(settings.LEGAL_DIR).get(name, {})
    return texts.get(get_language() or "") or texts.get("") or next(iter(texts.values()), "")


class Link(NamedTuple):
    label: str
    url: str


@once
def links() -> tuple[Link, ...]:
    """To the texts that there are."""
    return tuple(
        Link(str(TITLES[name]), reverse("legal", args=[name]))
        for name in read_texts(settings.LEGAL_DIR)
    )


@login_not_required
@require_safe
def legal(request: HttpRequest, name: str) -> HttpResponse:
    text = text_of(name)
    if not text:
        raise Http404
    return render(request, "portal/legal.html", {"label": TITLES[name], "text": text})
