"""The author's screenshots: where they are kept, how they come here, and under which address.

A page loads nothing from another host. So `manage.py fetch_figures` brings the pictures that the
notes link to into MEDIA_ROOT, once, and from then on the pages show them. Only hosts that the notes
themselves name are asked, and those of FIGURE_HOSTS that they may send on to; only by https; and
what comes must be a PNG or JPEG by type and by its first bytes, and not too large.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Collection
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.urls import reverse

from lessons.figure_html import Kept
from lessons.github_markdown import rewrite
from lessons.picture_files import TYPES, PictureError, picture_of
from lessons.source import CourseSource

SCHEME = "https"
LARGEST = 5 * 1024 * 1024  # bytes
SILENCE, ALTOGETHER = 10, 60  # seconds
NAME = re.compile(r"(?P<key>[0-9a-f]{32})-(?P<width>\d+)x(?P<height>\d+)\.(?P<ending>png|jpg)")


def folder_of(course: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures" / course


def addresses(source: CourseSource) -> list[str]:
    """Where the author keeps the pictures of a course."""
    return [
        picture.src
        for lesson in source.lessons
        for section in lesson.sections
        for picture in rewrite(section.heading.text)[1]
        if picture.src.startswith(f"{SCHEME}://")
    ]


def key_of(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]


def names_of(course: str) -> dict[str, re.Match[str]]:
    """Key → the name of each file that is here."""
    folder = folder_of(course)
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return {found["key"]: found for name in names if (found := NAME.fullmatch(name))}


def kept_pictures(source: CourseSource) -> dict[str, Kept]:
    """By the author's address: those that are here."""
    if not (names := names_of(source.slug)):
        return {}
    return {
        address: Kept(
            reverse("lessons:picture", args=[source.slug, found[0]]),
            int(found["width"]),
            int(found["height"]),
        )
        for address in addresses(source)
        if (found := names.get(key_of(address)))
    }


def hosts_of(wanted: Collection[str]) -> set[str]:
    return {urlsplit(address).hostname or "" for address in wanted} | set(settings.FIGURE_HOSTS)


def fetch(address: str, *, course: str, hosts: Collection[str]) -> Path:
    """Raises PictureError."""
    data = download(address, hosts)
    found = picture_of(data)
    folder = folder_of(course)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{key_of(address)}-{found.width}x{found.height}.{found.ending}"
    (half := folder / f".{name}").write_bytes(data)  # nobody sees a half one
    return half.rename(folder / name)


class OnlyTo(HTTPRedirectHandler):
    """Follows nobody to a host that is not listed."""

    max_redirections = 3

    def __init__(self, hosts: Collection[str]) -> None:
        self.hosts = hosts

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        check_address(newurl, self.hosts)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_address(address: str, hosts: Collection[str]) -> None:
    parts = urlsplit(address)
    if parts.scheme != SCHEME or parts.username or (parts.hostname or "") not in hosts:
        raise PictureError(f"leads to {parts.scheme}://{parts.hostname}, which is not allowed")


def download(address: str, hosts: Collection[str]) -> bytes:
    check_address(address, hosts)
    request = Request(address, headers={"Accept": ", ".join(TYPES.values())})  # noqa: S310 - checked
    try:
        with build_opener(OnlyTo(hosts)).open(request, timeout=SILENCE) as answer:
            kind = answer.headers.get_content_type()
            if kind not in TYPES.values():
                raise PictureError(f"came as {kind}, not as {' or '.join(TYPES.values())}")
            return read(answer, until=time.monotonic() + ALTOGETHER)
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError(f"cannot be fetched: {error}") from error


def read(answer: IO[bytes], *, until: float) -> bytes:
    """No more than is kept, and no longer than one waits."""
    data = b""
    while piece := answer.read(64 * 1024):
        data += piece
        if len(data) > LARGEST:
            raise PictureError(f"is larger than {LARGEST // 1024 // 1024} MB")
        if time.monotonic() > until:
            raise PictureError(f"took longer than {ALTOGETHER} s")
    return data
