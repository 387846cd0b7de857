"""Drawings."""

from __future__ import annotations

from collections.abc import Callable

DRAWINGS: dict[str, Callable[[], str | list[str]]] = {}
