"""The registry: one readable dict. A new kind is one module and one line here."""

from __future__ import annotations

from labs.grading.kind import Kind

KINDS: dict[str, Kind] = {}
