"""The author's screenshots: fetched once, from nowhere but where they may come from, and shown."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from lessons import pictures
from lessons.models import Course, Lesson
from lessons.picture_files import PictureError, picture_of
from portal.cohorts.models import Cohort
from tests.lessons.folders import NOTES, apply, edited, write_course
from tests.rows import make_user, signed_in

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 6, 4) + b"rest"
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 4, 6) + b"rest"


class Server(ThreadingHTTPServer):
    """Answers every path with what `answers` says: type, body, and where it sends on to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers: dict[str, tuple[str, bytes, str]] = {}
        self.asked: list[str] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"


class Answering(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        kind, body, onwards = self.server.answers[self.path]
        self.send_response(302 if onwards else 200)
        self.send_header("Content-Type", kind)
        if onwards:
            self.send_header("Location", onwards)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def server(monkeypatch, settings, tmp_path) -> Iterator[Server]:
    monkeypatch.setattr(pictures, "SCHEME", "http")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FIGURE_HOSTS = []
    server = Server()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def notes_dir(server, settings, tmp_path, db) -> Path:
    """A course whose section "buckets" has two screenshots."""
    shots = "".join(f'\n<img alt="Shot {n}" src="{server.url(f"/{n}")}">\n' for n in (1, 2))
    notes = edited(NOTES, ("A bucket holds", f"{shots}\nA bucket holds"))
    settings.NOTES_DIR = tmp_path / "notes"
    write_course(settings.NOTES_DIR, notes=notes)
    apply(settings.NOTES_DIR)
    return settings.NOTES_DIR


def page() -> str:
    return Lesson.objects.get(slug="buckets").html


def fetched(server: Server, path: str = "/1", *hosts: str) -> Path:
    return pictures.fetch(server.url(path), course="small", hosts={"127.0.0.1", *hosts})


def test_what_was_fetched_is_shown_by_the_page_to_who_may_read_it(server, notes_dir, capsys):
    server.answers = {"/1": ("image/png", PNG, ""), "/2": ("image/jpeg", JPEG, "")}
    assert "<img" not in page()
    call_command("fetch_figures")
    assert "small: 2 pictures, 2 fetched, 0 were here." in capsys.readouterr().out
    assert page().count('width="6" height="4"') == 2
    address = page().partition('<img src="')[2].partition('"')[0]
    reader, stranger = make_user("Rea Reader"), make_user("Eve Elsewhere")
    Cohort.objects.create(name="Small", slug="small", course=Course.objects.get()).enrol(reader)
    answer = signed_in(reader).get(address)
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert signed_in(stranger).get(address).status_code == 404


def test_nobody_is_asked_twice_and_a_second_run_changes_nothing(server, notes_dir):
    server.answers = {"/1": ("image/png", PNG, ""), "/2": ("image/jpeg", JPEG, "")}
    call_command("fetch_figures")
    edition = Course.objects.get().edition
    call_command("fetch_figures")
    assert server.asked == ["/1", "/2"]
    assert Course.objects.get().edition == edition


def test_one_that_cannot_be_fetched_leaves_the_others_alone(server, notes_dir, capsys):
    server.answers = {"/1": ("text/html", b"<html>", ""), "/2": ("image/png", PNG, "")}
    with pytest.raises(CommandError, match="1 not fetched"):
        call_command("fetch_figures")
    assert "/1 came as text/html, not as image/png or image/jpeg" in capsys.readouterr().err
    assert page().count("<img") == 1
    assert '<p class="screenshot">Shot 1' in page()


def test_a_picture_may_be_sent_on_to_a_host_that_is_listed(server):
    server.answers = {
        "/1": ("text/html", b"", server.url("/2", "localhost")),
        "/2": ("image/png", PNG, ""),
    }
    assert fetched(server, "/1", "localhost").read_bytes() == PNG


@pytest.mark.parametrize("onwards", ["http://localhost:9/", "ftp://127.0.0.1/x", "file:///etc/x"])
def test_nobody_is_followed_to_another_host(onwards, server):
    server.answers = {"/1": ("text/html", b"", onwards)}
    with pytest.raises(PictureError, match="not allowed"):
        fetched(server)


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/a.png", "http://me@127.0.0.1/a.png", "/a.png"]
)
def test_only_an_address_of_a_listed_host_is_asked(address, server):
    with pytest.raises(PictureError, match="which is not allowed"):
        pictures.fetch(address, course="small", hosts={"127.0.0.1"})
    assert server.asked == []


def test_elsewhere_than_in_tests_it_has_to_be_https():
    assert pictures.SCHEME == "https"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<svg onload=x()>", "neither PNG nor JPEG"),
        (b"GIF89a", "neither PNG nor JPEG"),
        (PNG[:20], "neither PNG nor JPEG"),
        (PNG[:16] + struct.pack(">II", 10**6, 10**6), "1000000 × 1000000 pixels"),
        (JPEG[:8], "without a size"),
        (PNG + b"." * 2_000, "larger than"),
    ],
)
def test_what_comes_must_be_a_picture_and_not_too_large(body, why, server, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 1_000)
    server.answers = {"/1": ("image/png", body, "")}
    with pytest.raises(PictureError, match=why):
        fetched(server)
    assert not pictures.folder_of("small").exists()


def test_who_sends_for_ever_is_left(server, monkeypatch):
    monkeypatch.setattr(pictures, "ALTOGETHER", -1)
    server.answers = {"/1": ("image/png", PNG, "")}
    with pytest.raises(PictureError, match="took longer"):
        fetched(server)


def test_who_does_not_answer_is_said(server):
    server.server_close()
    with pytest.raises(PictureError, match="cannot be fetched"):
        fetched(server)


def test_the_size_is_read_from_the_first_bytes():
    assert picture_of(PNG) == ("png", 6, 4)
    assert picture_of(JPEG) == ("jpg", 6, 4)


@pytest.mark.parametrize("name", ["..%2f..%2fsettings.py", "x.png", f"{'0' * 32}-1x1.svg"])
def test_nothing_but_pictures_is_served(name, notes_dir):
    reader = make_user("Rea Reader")
    Cohort.objects.create(name="Small", slug="small", course=Course.objects.get()).enrol(reader)
    assert signed_in(reader).get(f"/learn/small/pictures/{name}").status_code == 404
