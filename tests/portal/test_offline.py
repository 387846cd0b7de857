"""Visited lessons stay readable without a network; nothing else does, and nothing is queued."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def worker(client: Client, db: None) -> str:
    return client.get("/sw.js").content.decode()


def test_the_worker_is_javascript_at_the_root_and_never_kept(client: Client, db: None) -> None:
    response = client.get("/sw.js")
    assert response.headers["Content-Type"] == "text/javascript"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_worker_keeps_lessons_and_forgets_them_when_the_browser_changes_hands(
    worker: str,
) -> None:
    assert 'startsWith("/learn/")' in worker
    paths = '["/accounts/logout/", "/accounts/login/", "/accounts/signup/", "/admin/logout/"]'
    assert f"CHANGING_HANDS = {paths};" in worker
    assert (
        "CHANGING_HANDS.includes(url.pathname)) return event.waitUntil(caches.delete(LESSONS))"
        in worker
    )


def test_the_worker_forgets_lessons_when_a_session_has_ended_by_itself(worker: str) -> None:
    assert (
        'answer.ok && url.pathname === "/accounts/login/") await caches.delete(LESSONS)' in worker
    )


def test_the_worker_names_no_template_tag(worker: str) -> None:
    assert ("{%" in worker, "{{" in worker, "&quot;" in worker) == (False, False, False)


def test_the_manifest_lets_the_portal_be_installed(client: Client, db: None) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["display"]) == ("/day/", "standalone")
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512"]


def test_the_offline_page_says_what_is_lost_and_what_is_not(client: Client, db: None) -> None:
    page = client.get("/offline/").content.decode()
    assert "You are offline" in page
    assert "Answers typed in a lab stay in this browser" in page


def test_browsers_that_ask_for_the_old_icon_get_the_new_one(client: Client, db: None) -> None:
    assert client.get("/favicon.ico").url == "/static/img/favicon.svg"


def test_the_page_that_the_worker_keeps_takes_nobody_s_messages_along(client_of, lea) -> None:
    client = client_of(lea)
    client.post("/accounts/profile/", {"name": "Lea", "language": "", "shortcuts": "on"})
    assert "Saved." not in client.get("/offline/").content.decode()
    assert "Saved." in client.get("/accounts/profile/").content.decode()


def test_a_kept_lesson_is_readable_no_longer_than_a_session_lasts(worker: str, settings) -> None:
    assert f"KEPT_FOR = {settings.SESSION_COOKIE_AGE} * 1000;" in worker


def test_nobody_waits_for_the_worker(worker: str) -> None:
    """A page is asked for while the worker wakes up, and shown while it is kept."""
    assert "navigationPreload?.enable()" in worker
    assert "(await event.preloadResponse) ?? (await fetch(request))" in worker
    assert "await keep(" not in worker
