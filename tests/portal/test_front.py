"""The event loop in front of the pages: a request takes a thread only once all of it is here."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from portal.front import front
from portal.long_answers import MARK

HEADERS: list[tuple[bytes, bytes]] = []


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response(
        "200 OK", [("Content-Type", "text/plain"), ("X-Method", environ["REQUEST_METHOD"])]
    )
    return [environ["PATH_INFO"].encode("latin1"), b" ", body]


def scope(**changes: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": "/ähm/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": HEADERS,
    } | changes


async def ask(application: Any, chunks: list[bytes], **changes: Any) -> tuple[int, bytes]:
    """Status and body. A list that ends early is a visitor who sends no more."""
    sent: list[dict[str, Any]] = []
    left = list(chunks)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.sleep(60)
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": body != b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope(**changes), receive, send)
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent)


def test_a_form_is_read_whole_and_answered():
    status, body = asyncio.run(ask(front(echo), [b"text=", b"allow", b""]))
    assert (status, body.decode()) == (200, "/ähm/ text=allow")


@pytest.mark.parametrize("is_long", [False, True])
def test_of_what_is_asked_for_by_head_nothing_is_made_and_nothing_is_sent(is_long: bool):
    done: list[str] = []

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            done.append("made")
            yield b"a page"

        def close(self) -> None:
            done.append("ended")

    def page(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ |= {MARK: True} if is_long else {}
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Pieces()

    assert asyncio.run(ask(front(page), [b""], method="HEAD")) == (200, b"")
    assert done == ["ended"]
    assert asyncio.run(ask(front(page), [b""], method="GET")) == (200, b"a page")


def test_visitors_who_send_a_byte_now_and_then_hold_no_thread():
    application = front(echo, threads=1)

    async def scene() -> tuple[int, bytes]:
        slow = [asyncio.create_task(ask(application, [b"x"])) for _ in range(20)]
        await asyncio.sleep(0.01)
        answer = await asyncio.wait_for(ask(application, [b"quick", b""]), 5)
        for one in slow:
            one.cancel()
        return answer

    assert asyncio.run(scene())[1].endswith(b"quick")


def test_a_length_of_thousands_of_digits_is_too_long():
    headers = [(b"content-length", b"9" * 5000)]
    status, _body = asyncio.run(ask(front(echo), [b"x"], headers=headers))
    assert status == 413


def test_a_body_that_does_not_come_in_is_refused(settings):
    settings.BODY_SECONDS = 0.05
    status, body = asyncio.run(ask(front(echo), [b"x"]))
    assert status == 408
    assert body != b"x"


@pytest.mark.parametrize(
    ("chunks", "headers"),
    [([b"x" * 8, b"x" * 8, b""], []), ([b""], [(b"content-length", b"11")])],
    ids=["sent", "announced"],
)
def test_a_body_that_is_too_long_is_refused(settings, chunks, headers):
    settings.LARGEST_BODY = 10
    assert asyncio.run(ask(front(echo), chunks, headers=headers))[0] == 413


def test_a_visitor_cannot_speak_for_the_proxy():
    def told(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [environ["HTTP_X_FORWARDED_FOR"].encode()]

    headers = [(b"x-forwarded-for", b"192.0.2.1"), (b"x_forwarded_for", b"203.0.113.66")]
    assert asyncio.run(ask(front(told), [b""], headers=headers)) == (200, b"192.0.2.1")


def test_who_leaves_before_the_end_is_not_answered():
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(front(echo)(scope(), receive, send))
    assert sent == []


def test_what_django_opened_for_an_answer_is_closed():
    closed = threading.Event()

    class Answer(list[bytes]):
        def close(self) -> None:
            closed.set()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("204 No Content", [])
        return Answer()

    assert asyncio.run(ask(front(application), [b""]))[0] == 204
    assert closed.is_set()


# --- Long answers ---------------------------------------------------------------------------------


def pieces_of(count: int, made: list[int], threads: set[str]) -> Iterator[bytes]:
    for number in range(count):
        made.append(number)
        threads.add(threading.current_thread().name)
        yield b"piece"


class Scroll:
    """A long answer as Django gives one back."""

    def __init__(self, count: int) -> None:
        self.made: list[int] = []
        self.threads: set[str] = set()
        self.ended = False
        self.pieces = pieces_of(count, self.made, self.threads)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/long/":
            environ[MARK] = True
            start_response("200 OK", [])
            return self
        return echo(environ, start_response)

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        self.ended = True
        self.threads.add(threading.current_thread().name)


def test_a_long_answer_is_sent_piece_by_piece_from_a_thread_of_its_own():
    scroll = Scroll(3)
    status, body = asyncio.run(ask(front(scroll), [b""], path="/long/"))
    assert (status, body) == (200, b"piece" * 3)
    assert scroll.ended
    [thread] = scroll.threads
    assert thread.startswith("long-answer")


def test_whoever_reads_a_long_answer_slowly_holds_no_page_up():
    scroll = Scroll(1000)

    async def scene() -> tuple[int, bytes]:
        application = front(scroll, threads=1)
        stuck = asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.body":
                stuck.set()
                await asyncio.sleep(60)

        reader = asyncio.create_task(application(scope(path="/long/"), staying(), send))
        await stuck.wait()
        answer = await asyncio.wait_for(ask(application, [b"quick", b""]), 5)
        reader.cancel()
        await asyncio.wait([reader])
        return answer

    assert asyncio.run(scene())[1].endswith(b"quick")
    assert scroll.ended
    assert len(scroll.made) == 1  # no piece is made before the one before it is taken


def staying() -> Any:
    """A body at once, and a visitor who stays."""
    messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        if message := next(messages, None):
            return message
        await asyncio.sleep(60)
        raise AssertionError

    return receive


def test_nothing_more_is_made_for_a_visitor_who_left():
    scroll = Scroll(1000)
    messages = iter([{"type": "http.request", "body": b""}, {"type": "http.disconnect"}])

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)

    asyncio.run(front(scroll)(scope(path="/long/"), receive, send))
    assert scroll.ended
    assert len(scroll.made) < 5


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one():
    def half() -> Iterator[bytes]:
        yield b"half"
        raise OSError("the database went away")

    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[MARK] = True
        start_response("200 OK", [])
        return half()

    with pytest.raises(OSError, match="went away"):
        asyncio.run(front(application)(scope(), staying(), send))
    assert sent[-1] == {"type": "http.response.body", "body": b"half", "more_body": True}
