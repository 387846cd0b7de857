"""Answers too long to be held in memory: made and sent piece by piece.

`portal/front.py` gives each a thread of its own, and few at once, so that whoever reads slowly
holds no page up. Pieces are made as fast as they are taken: memory stays the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header

from labs.live import Receive, Send

MARK = "portal.long_answer"  # in the WSGI environment: whatever wraps the answer, this is seen
AT_ONCE = 2  # of one process
TAKING_SECONDS = 60  # for a piece; whoever takes longer has left
PIECE = 64 * 1024


def long_answer(
    request: HttpRequest, pieces: Iterable[bytes], *, content_type: str, filename: str
) -> StreamingHttpResponse:
    """A file to save. `pieces` are made after the view has ended, in the reader's language."""
    request.META[MARK] = True
    language = translation.get_language() or ""
    answer = StreamingHttpResponse(speaking(language, pieces), content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


def speaking(language: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece is made in the language, which belongs to a thread."""
    rest = iter(pieces)
    while True:
        with translation.override(language):
            piece = next(rest, None)
        if piece is None:
            return
        yield piece


def joined(pieces: Iterable[bytes], size: int = PIECE) -> Iterator[bytes]:
    """Fewer and larger ones."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= size:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


async def send_pieces(
    pieces: Iterable[bytes], end: Callable[[], None], receive: Receive, send: Send
) -> None:
    """Until all is sent, or nobody takes it any more. `end` ends the request; it runs where the
    pieces were made, as what they used belongs to that thread."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix="long-answer") as thread:
        here = partial(loop.run_in_executor, thread)
        left = asyncio.ensure_future(receive())
        rest = iter(pieces)
        try:
            while not left.done() and (piece := await here(next, rest, None)) is not None:
                await send_piece(send, piece, more=True)
            if not left.done():
                await send_piece(send, b"", more=False)
        finally:
            left.cancel()
            await here(finish, end)


async def send_piece(send: Send, piece: bytes, *, more: bool) -> None:
    async with asyncio.timeout(TAKING_SECONDS):
        await send({"type": "http.response.body", "body": piece, "more_body": more})


def finish(end: Callable[[], None]) -> None:
    try:
        end()
    finally:
        connections.close_all()  # the thread ends, too
