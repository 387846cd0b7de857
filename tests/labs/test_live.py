from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from django.core import signing
from redis import Redis

from labs import live
from labs.live import announce, events, hub, key_of, token_for, with_events
from tests.servers import Broker, running_broker


@pytest.fixture
def broker(settings: Any) -> Iterator[Broker]:
    with running_broker() as broker:
        settings.REDIS_URL = broker.url
        settings.LIVE_EVENTS = True
        live.air.reset()
        yield broker


class Listener:
    """A browser that holds a stream open."""

    def __init__(self, token: str) -> None:
        self.scope = {"type": "http", "path": f"/events/{token}"}
        self.status = 0
        self.heard: list[str] = []
        self.ended = False
        self.gone = asyncio.Event()
        self.task = asyncio.create_task(events(self.scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.heard += [
            line for line in message["body"].decode().split("\n") if line.startswith("data:")
        ]
        self.ended = not message.get("more_body", False)

    async def until(self, *expected: str) -> None:
        async with asyncio.timeout(5):
            while self.heard != [f"data: {state}" for state in expected]:
                await asyncio.sleep(0.01)

    async def listening(self) -> None:
        """Until the stream is known to the hub and Redis."""
        async with asyncio.timeout(5):
            while not (hub().waiting and hub().subscribed.is_set()):
                await asyncio.sleep(0.01)


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            async with asyncio.timeout(30):  # a test that waits for ever would stop the whole run
                await story()
        finally:
            await live.close_hub()

    asyncio.run(whole())


def tell(pk: int, state: str) -> Any:
    return asyncio.to_thread(announce, pk, state)


@pytest.mark.usefixtures("broker")
def test_a_stream_hears_each_state_once_and_ends_with_the_verdict() -> None:
    async def story() -> None:
        lea = Listener(token_for(7, 1))
        await lea.listening()
        await tell(7, "checking")
        await lea.until("checking")  # a verdict told before the stream has looked up would be all
        for state in ("checking", "graded"):
            await tell(7, state)
        await lea.until("checking", "graded")
        await lea.task
        assert (lea.status, lea.ended) == (200, True)
        assert hub().waiting == {}

    run(story)


@pytest.mark.usefixtures("broker")
def test_who_comes_late_hears_it_too() -> None:
    async def story() -> None:
        await tell(7, "faulted")
        lea = Listener(token_for(7, 1))
        await lea.until("faulted")
        await lea.task

    run(story)


@pytest.mark.usefixtures("broker")
def test_nobody_hears_of_others_submissions() -> None:
    async def story() -> None:
        lea, mia = Listener(token_for(7, 1)), Listener(token_for(8, 1))
        await lea.listening()
        await mia.listening()
        await tell(8, "graded")
        await mia.until("graded")
        assert lea.heard == []
        lea.gone.set()
        await lea.task

    run(story)


@pytest.mark.usefixtures("broker")
def test_one_person_holds_a_few_streams_and_others_have_theirs(monkeypatch) -> None:
    monkeypatch.setattr("labs.live.MOST_STREAMS", 2)

    async def story() -> None:
        leas = [Listener(token_for(number, 1)) for number in (7, 8)]
        for one in leas:
            await one.listening()
        third, mias = Listener(token_for(9, 1)), Listener(token_for(9, 2))
        await third.task
        await mias.listening()
        assert (third.status, mias.status) == (204, 200)
        for one in (*leas, mias):
            one.gone.set()
            await one.task
        assert not hub().streams

    run(story)


@pytest.mark.usefixtures("broker")
def test_a_browser_that_leaves_is_forgotten() -> None:
    async def story() -> None:
        lea = Listener(token_for(7, 1))
        await lea.listening()
        lea.gone.set()
        await lea.task
        assert hub().waiting == {}

    run(story)


def test_what_was_said_while_the_line_was_down_is_heard_later(broker: Broker) -> None:
    async def story() -> None:
        lea = Listener(token_for(7, 1))
        await lea.listening()
        broker.stop()
        await tell(7, "checking")  # nobody hears this; the row says it
        await asyncio.to_thread(broker.start)
        live.air.reset()
        await tell(7, "graded")
        await lea.until("graded")

    run(story)


@pytest.mark.parametrize(
    "token",
    ["", "7", "7:forged:token", signing.dumps(7, salt="other")],
    ids=["none", "bare", "forged", "other"],
)
def test_a_wrong_token_gets_an_answer_after_which_the_browser_stays_away(token: str) -> None:
    async def story() -> None:
        eve = Listener(token)
        await eve.task
        assert (eve.status, eve.heard) == (204, [])

    run(story)


def test_telling_never_fails_when_nobody_can_be_told(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    live.air.reset()
    announce(7, "graded")
    assert live.air.attempt(lambda: None) is False  # the next ones are spared the wait
    live.air.reset()


def test_pages_and_events_share_one_origin() -> None:
    asked: list[str] = []

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["path"])

    async def story() -> None:
        app = with_events(pages)
        statuses: list[int] = []

        async def send(message: Any) -> None:
            statuses.append(message.get("status", 0))

        for path in ("/labs/", "/events", "/events/x"):
            await app({"type": "http", "path": path}, None, send)
        assert statuses == [204, 0]

    run(story)
    assert asked == ["/labs/", "/events"]


@pytest.mark.usefixtures("broker")
def test_the_server_closes_its_line_when_it_ends() -> None:
    async def story() -> None:
        said: list[str] = []
        steps = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> dict[str, str]:
            return {"type": next(steps)}

        async def send(message: Any) -> None:
            said.append(message["type"])

        hub()
        await events({"type": "lifespan"}, receive, send)
        assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        assert asyncio.get_running_loop() not in live.hubs

    run(story)


def test_telling_goes_on_after_the_server_was_restarted(broker: Broker, settings: Any) -> None:
    settings.REDIS_URL = broker.url
    announce(1, "checking")
    broker.stop()
    broker.start()
    announce(1, "graded")
    with Redis.from_url(broker.url, decode_responses=True) as client:
        assert client.get(key_of(1)) == "graded"
