"""The pages behind an event loop: a request takes a thread only once all of it is here.

A WSGI server hands the socket to the application, so four visitors who send a byte now and then
hold every thread that there is. Here the body is read first, up to `LARGEST_BODY` and
`BODY_SECONDS`; then one of a few threads answers, and the loop sends what it said, so that slow
readers hold none either. The threads stay, and their database connections with them. What is too
long to be held is made elsewhere (`long_answers.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from asgiref.wsgi import WsgiToAsgiInstance
from django.conf import settings
from django.template.loader import render_to_string

from labs.live import App, Receive, Scope, Send
from portal.long_answers import AT_ONCE, MARK, send_pieces
from portal.operations.requests import note_refused

Wsgi = Callable[..., Iterable[bytes]]
Environ = dict[str, Any]
Headers = Iterable[tuple[bytes, bytes]]

DIGITS = 18  # of a length; Python refuses to read thousands


class Refused(Exception):
    """The request is not answered by Django: its body is too long, or never ends."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The visitor left before everything was sent."""


def front(application: Wsgi, *, threads: int | None = None) -> App:
    """The ASGI application that answers with a WSGI one."""
    pool = ThreadPoolExecutor(threads or settings.WEB_THREADS, thread_name_prefix="pages")
    turns = asyncio.Semaphore(AT_ONCE)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(scope, receive)
        except Refused as refused:
            note_refused(refused.status)
            await send_page(send, refused.status)
        except Gone:
            return
        else:
            exchange = Exchange(application, scope)
            loop = asyncio.get_running_loop()
            content = await loop.run_in_executor(pool, exchange.run, body)
            await send(exchange.response_start)
            if exchange.pieces is None:
                await send({"type": "http.response.body", "body": content})
            else:
                async with turns:
                    await send_pieces(exchange.pieces, exchange.end, receive, send)

    return answer


async def read_body(scope: Scope, receive: Receive) -> bytes:
    if announced_length(scope) > settings.LARGEST_BODY:
        raise Refused(413)
    try:
        async with asyncio.timeout(settings.BODY_SECONDS):
            return await collect(receive)
    except TimeoutError as error:
        raise Refused(408) from error


async def collect(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        body += message.get("body", b"")
        if len(body) > settings.LARGEST_BODY:
            raise Refused(413)
        if not message.get("more_body"):
            return bytes(body)


def announced_length(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return max((int(value[:DIGITS]) for value in lengths if value.isdigit()), default=0)


class Exchange(WsgiToAsgiInstance):
    """One request and its answer, as WSGI has them."""

    def __init__(self, application: Wsgi, scope: Scope) -> None:
        super().__init__(application)  # type: ignore[no-untyped-call]
        self.scope = {**scope, "headers": unambiguous(scope["headers"])}
        self.pieces: Iterable[bytes] | None = None  # of a long answer

    def run(self, body: bytes) -> bytes:
        """In a thread: the whole answer; or nothing, and `pieces` have still to be made. Of what
        was asked for by HEAD nothing is sent, and nothing more is made."""
        environ = self.build_environ(self.scope, BytesIO(body))  # type: ignore[no-untyped-call]
        environ["CONTENT_LENGTH"] = str(len(body))  # of what is here, whatever was announced
        self.chunks = self.wsgi_application(environ, self.start_response)
        if environ.get(MARK) and not is_head(environ):
            self.pieces = self.chunks
            return b""
        try:
            return b"" if is_head(environ) else b"".join(self.chunks)
        finally:
            self.end()

    def end(self) -> None:
        close = getattr(self.chunks, "close", None)  # Django ends the request there
        if close:
            close()


def is_head(environ: Environ) -> bool:
    return bool(environ["REQUEST_METHOD"] == "HEAD")


def unambiguous(headers: Headers) -> list[tuple[bytes, bytes]]:
    """WSGI writes `X_Forwarded_For` and `X-Forwarded-For` alike: only the second is the proxy's."""
    return [(name, value) for name, value in headers if b"_" not in name]


async def send_page(send: Send, status: int) -> None:
    """Before Django: no session, no language, nothing of what was sent."""
    page = render_to_string("400.html").encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
