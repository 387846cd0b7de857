"""People who read lessons and hand in answers until they are told to stop, and note what failed."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import threading
import time
import urllib.request
from collections import Counter

from tests.visitor import Visitor

PEOPLE = ["lea", "mia", "sam"]
THINKING = 0.5  # seconds between two turns: one person's answers are read forty times a minute
LAB = "/labs/let-the-web-in/"


class Reader(threading.Thread):
    """Reads lessons, hands in an answer, listens for its verdict; again and again."""

    def __init__(self, person: str, site: str, password: str, until: threading.Event) -> None:
        super().__init__()
        self.person, self.until = person, until
        self.visitor = Visitor(site)
        self.visitor.sign_in(f"{person}@demo.example", password)
        self.lessons = self.visitor.get("/learn/aws/").links(r"^/learn/aws/[a-z0-9-]+/$")
        self.done: Counter[str] = Counter()
        self.failed: list[str] = []

    def run(self) -> None:
        turn = 0
        while not self.until.is_set():
            turn += 1
            try:
                self.read(self.lessons[turn % len(self.lessons)])
                self.hand_in(f"{self.person}-{turn}")
            except Exception as error:  # what a browser would show
                self.failed.append(f"{time.monotonic():.2f} {error!r}")
            self.until.wait(THINKING)

    def read(self, lesson: str) -> None:
        page = self.visitor.get(lesson)
        self.note("page", page.status, lesson)
        sheet = re.search(r'href="(/static/css/portal[^"]+)"', page.source)
        assert sheet
        self.note("style", self.visitor.get(sheet.group(1)).status, sheet.group(1))

    def hand_in(self, name: str) -> None:
        rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2}
        ranges = {"IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": f"by {name}"}]}
        text = json.dumps({"inbound": [rule | ranges], "outbound": []})
        page = self.visitor.send(self.visitor.get(LAB), r"/submit/$", text=text)
        self.note("answer", page.status, name)
        live = re.search(r'data-live="([^"]+)"', page.source)
        if live:
            self.listen(self.visitor.base_url + live.group(1))

    def listen(self, address: str) -> None:
        """As a browser does: a stream that is cut off is opened again; any other status ends it."""
        for _try in range(15):
            with (
                contextlib.suppress(http.client.IncompleteRead, ConnectionError),
                urllib.request.urlopen(address, timeout=30) as stream,
            ):
                self.note("events", stream.status, address)
                if stream.status == 204 or b"data: graded" in stream.read():
                    return
            self.done["opened again"] += 1
            time.sleep(1)
        self.failed.append(f"no verdict was heard: {address}")

    def note(self, what: str, status: int, detail: str) -> None:
        self.done[what] += 1
        if status not in (200, 204):
            self.failed.append(f"{time.monotonic():.2f} {what} {detail}: {status}")
