"""Live verdicts: who waits for a submission hears of each change of its state,
by server-sent events.

`/events/<token>` is plain ASGI, mounted before Django: no session, no database, no middleware. The
token is signed by the page that shows the submission, so whoever may see the page may listen.
`granian --interface asgi labs.live:events` serves it alone, beside the pages.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.core import signing
from redis.asyncio import Redis as AsyncRedis
from redis.backoff import NoBackoff
from redis.retry import Retry

from labs.circuit_breaker import CircuitBreaker
from labs.tally import tally

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIX = "/events/"
CHANNEL = "portal:live"
REMEMBERED = 600  # seconds that a state stays readable for who comes late
TOKEN_AGE = 600  # seconds; the page that waits looks by itself as well, and gets a new one
MOST_STREAMS = 12  # of one person, in one process
HEARTBEAT = 15.0
FINAL = ("graded", "faulted")
GONE = "gone"  # not a state: the browser left

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
air = CircuitBreaker("live events")


def key_of(pk: int) -> str:
    return f"{CHANNEL}:{pk}"


def token_for(pk: int, user: int) -> str:
    """For the page of `user`: it opens the stream of this one submission, for some minutes."""
    return signing.dumps([pk, user], salt="live", compress=True)


def announce(pk: int, state: str) -> None:
    """Tell whoever listens. Never raises: the page looks by itself from time to time."""
    if settings.LIVE_EVENTS:
        air.attempt(lambda: broadcast(pk, str(state)))


def broadcast(pk: int, state: str) -> None:
    told = speaker(settings.REDIS_URL).pipeline(transaction=False)
    told.set(key_of(pk), state, ex=REMEMBERED)
    told.publish(CHANNEL, f"{pk}:{state}")
    told.execute()


@lru_cache(maxsize=4)
def speaker(url: str) -> redis.Redis:
    """Its connection is kept: opening one took longer than what is said. One that the server closed
    meanwhile is opened anew, once."""
    again = Retry(NoBackoff(), 1)
    return redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=2, retry=again)


class Hub:
    """One subscription a process, fanned out to the streams that wait."""

    def __init__(self) -> None:
        self.waiting: dict[int, set[asyncio.Queue[str]]] = {}
        self.streams: Counter[int] = Counter()  # person → how many are open
        self.listening: asyncio.Task[None] | None = None
        self.subscribed = asyncio.Event()
        self.closing = False
        self.client = AsyncRedis.from_url(
            settings.REDIS_URL, socket_connect_timeout=1, decode_responses=True
        )

    @contextlib.asynccontextmanager
    async def states_of(self, pk: int) -> AsyncIterator[asyncio.Queue[str]]:
        """A queue of states. Subscribed first and then looked up,
        so that none is missed between the two."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self.waiting.setdefault(pk, set()).add(queue)
        try:
            await self.listen()
            await self.look_up(pk)
            yield queue
        finally:
            self.waiting[pk].discard(queue)
            if not self.waiting[pk]:
                del self.waiting[pk]

    @contextlib.contextmanager
    def counted(self, user: int) -> Iterator[None]:
        self.streams[user] += 1
        tally.keep_sending()
        tally.level("event_streams", 1)
        try:
            yield
        finally:
            tally.level("event_streams", -1)
            self.streams[user] -= 1
            if not self.streams[user]:
                del self.streams[user]

    async def listen(self) -> None:
        if self.listening is None or self.listening.done():
            self.listening = asyncio.create_task(self.relay())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await self.subscribed.wait()

    async def relay(self) -> None:
        """Until the hub closes: when Redis was away, what was said meanwhile is looked up."""
        while not self.closing:
            with contextlib.suppress(redis.RedisError, OSError):
                await self.relay_until_lost()
            self.subscribed.clear()
            await asyncio.sleep(1)

    async def relay_until_lost(self) -> None:
        async with self.client.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            async for message in pubsub.listen():
                if message["type"] == "subscribe":
                    self.subscribed.set()
                    for pk in list(self.waiting):
                        await self.look_up(pk)
                else:
                    pk, _, state = message["data"].partition(":")
                    self.tell(int(pk), state)

    async def look_up(self, pk: int) -> None:
        with contextlib.suppress(redis.RedisError, OSError):
            state = await self.client.get(key_of(pk))
            if state:
                self.tell(pk, str(state))

    async def close(self) -> None:
        """The client may swallow a cancellation (redis-py 8.1):
        then the end of its line ends the task."""
        self.closing = True
        if self.listening is not None:
            self.listening.cancel()
            await asyncio.wait({self.listening}, timeout=2)
        await self.client.aclose()
        if self.listening is not None:
            await asyncio.wait({self.listening}, timeout=2)

    def tell(self, pk: int, state: str) -> None:
        for queue in self.waiting.get(pk, ()):
            queue.put_nowait(state)


hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """A hub lives with its event loop; a server has one, tests have many."""
    loop = asyncio.get_running_loop()
    if loop not in hubs:
        hubs.clear()
        hubs[loop] = Hub()
    return hubs[loop]


async def close_hub() -> None:
    found = hubs.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await start_and_end(receive, send)
    elif scope["type"] == "http":
        await stream_events(scope, receive, send)


async def start_and_end(receive: Receive, send: Send) -> None:
    """The server's own start and end."""
    while True:
        kind = (await receive())["type"]
        if kind == "lifespan.shutdown":
            await close_hub()
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return


async def stream_events(scope: Scope, receive: Receive, send: Send) -> None:
    opened = open_token(scope["path"].removeprefix(PREFIX))
    if opened is None or hub().streams[opened[1]] >= MOST_STREAMS:
        # 204 and not 404: EventSource asks again for ever after an error,
        # and stays away after this. The page looks by itself.
        await answer(send, status=204, headers=[], body=b"")
        return
    pk, user = opened
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await say(send, ": hello\nretry: 2000\n\n")
    with hub().counted(user):
        async with hub().states_of(pk) as states:
            gone = asyncio.create_task(until_gone(receive, states))
            await tell_states(states, send)
            gone.cancel()


def open_token(token: str) -> tuple[int, int] | None:
    """Submission and person."""
    try:
        pk, user = signing.loads(token, salt="live", max_age=TOKEN_AGE)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return pk, user


async def tell_states(states: asyncio.Queue[str], send: Send) -> None:
    """One event for each change; the last one when there is a verdict or nobody listens any
    more."""
    last = ""
    while last not in FINAL:
        try:
            async with asyncio.timeout(HEARTBEAT):
                state = await states.get()
        except TimeoutError:
            await say(send, ": still here\n\n")
            continue
        if state == GONE:
            return
        if state != last:
            last = state
            await say(send, f"event: state\ndata: {state}\n\n")
    await send({"type": "http.response.body", "body": b""})


async def until_gone(receive: Receive, states: asyncio.Queue[str]) -> None:
    """A word in the queue, because a cancellation can get lost inside the Redis client."""
    while (await receive())["type"] != "http.disconnect":
        pass
    states.put_nowait(GONE)


async def say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def answer(
    send: Send, *, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def with_events(pages: App) -> App:
    """One origin for both: events under /events/, everything else is `pages`."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        is_event = scope["type"] == "lifespan" or (
            scope["type"] == "http" and scope["path"].startswith(PREFIX)
        )
        await (events if is_event else pages)(scope, receive, send)

    return choose
