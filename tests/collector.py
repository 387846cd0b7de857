"""A small server that takes what error reports and traces are sent as."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector:
    """`with Collector() as collector`: it listens on the loopback."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        taken = self.taken

        class Take(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                taken.append((self.path, body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_words: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Take)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    def __enter__(self) -> Collector:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def bodies(self, words: str) -> list[bytes]:
        return [body for path, body in list(self.taken) if words in path]

    def spans(self) -> Iterator[Any]:
        for body in self.bodies("/v1/traces"):
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    yield from scope.spans

    def errors(self) -> list[dict[str, Any]]:
        """Events out of envelopes: lines of JSON, a header before each."""
        lines = [
            json.loads(line) for body in self.bodies("/envelope/") for line in body.splitlines()
        ]
        return [line for line in lines if "exception" in line or "logentry" in line]


def wait_for(find: Callable[[], Any], *, seconds: float = 30) -> Any:
    """What `find` finds, once it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := find()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert found, "nothing was found"
    return found
