"""A column of JSON that the database keeps compressed: a report takes a tenth of the room, and
reading it costs 0.04 ms more. What is inside can no longer be asked for in SQL.

zlib says by its first byte what it is, so that another form could be told from it. A dictionary of
our own would save another quarter, and would have to be kept for as long as any row.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, Self

from django.db import models


def as_text(value: object, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), **options)


def pack(value: object) -> bytes:
    return zlib.compress(as_text(value).encode())


class Packed(bytes):
    """What `pack` made already: whoever writes the same value ten thousand times packs it once."""

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """Of what `as_text` wrote."""
        return cls(zlib.compress(text))


def packed(value: object) -> Packed:
    return Packed(pack(value))


def unpack(data: bytes | memoryview) -> Any:
    return json.loads(zlib.decompress(data))


class PackedJSONField(models.BinaryField):
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: Any, *_expression: object) -> Any:
        return None if value is None else unpack(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        data = value if value is None or isinstance(value, Packed) else pack(value)
        return super().get_db_prep_value(data, connection, prepared)

    def to_python(self, value: Any) -> Any:
        """Of a dump, which holds it readable."""
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj))
