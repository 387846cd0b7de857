"""One event, one line: JSON for machines, or plain for a person, both with the request's id."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from labs import request_id
from portal.operations.redaction import scrub, scrub_all

OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
PLAIN = (str, int, float, bool)
# One line a request, of names of ours and numbers: nothing to look for, and looking takes a while.
CLEAN = "portal.requests"


class PlainLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(of_request)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        found = request_id.current.get()
        vars(record)["of_request"] = f" [{found}]" if found else ""
        text = super().format(record)
        return text if record.name == CLEAN else scrub(text)


class JsonLines(logging.Formatter):
    """What `extra={…}` brought is there under its own names, as far as it is text or numbers."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": request_id.current.get(),
            "process": record.process,
        }
        said = {"message": record.getMessage(), **extras(record)}
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        line |= said if record.name == CLEAN else scrub_all(said)
        return json.dumps(line, ensure_ascii=False, default=str)


def extras(record: logging.LogRecord) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(record).items()
        if name not in OF_EVERY_RECORD and isinstance(value, PLAIN)
    }
