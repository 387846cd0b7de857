"""What the laptop's server does with bodies that never end."""

from __future__ import annotations

import asyncio

from portal.body_limit import limited


def received(chunks: list[bytes]) -> list[str]:
    """The types of message that an application behind the limit sees until it stops asking."""
    seen: list[str] = []
    messages = iter({"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks)

    async def receive():
        return next(messages)

    async def app(scope, receive, send):
        while len(seen) < len(chunks) and "http.disconnect" not in seen:
            seen.append((await receive())["type"])

    asyncio.run(limited(app)({"type": "http"}, receive, None))
    return seen


def test_a_form_passes_whole() -> None:
    assert received([b"text=", b"allow"]) == ["http.request"] * 2


def test_after_too_much_the_sender_seems_to_have_gone(settings) -> None:
    settings.LARGEST_BODY = 10
    assert received([b"x" * 8, b"x" * 8, b"x" * 8]) == ["http.request", "http.disconnect"]
