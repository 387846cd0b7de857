"""One line where something happens: `record(What.EXPORTED)`."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from portal.audit.models import Entry, What

KEPT_BITS = {4: 24, 6: 48}  # a class or a household, and no machine in it
LONGEST = 200


def record(
    what: What, *, person: Any = None, actor: Any = None, about: str = "", cohort: Any = None
) -> Entry:
    """Who did it and from where is known from the request that is being answered. What `about`
    holds must name nobody: rows stay when people are erased. The instructors of `cohort` may read
    it."""
    request = context.request
    return Entry.objects.create(
        what=what,
        actor_id=key_of(actor or getattr(request, "user", None)),
        person_id=key_of(person),
        cohort_id=key_of(cohort),
        about=about[:LONGEST],
        network=network_of(request) if request else "",
    )


def record_once(
    what: What, *, within: timedelta, person: Any = None, about: str = "", cohort: Any = None
) -> None:
    """For what one can cause a thousand times: a line per network, person and doer is enough."""
    network = network_of(context.request) if context.request else ""
    actor = key_of(getattr(context.request, "user", None))
    lately = Entry.objects.filter(what=what, at__gt=timezone.now() - within)
    same = lately.filter(actor=actor, person=key_of(person), about=about, network=network)
    if not same.exists():
        record(what, person=person, about=about, cohort=cohort)


def key_of(user: Any) -> int | None:
    return getattr(user, "pk", None)


def network_of(request: HttpRequest) -> str:
    try:
        return shortened(get_adapter().get_client_ip(request))
    except PermissionDenied:  # allauth: no address can be made out
        return ""


def shortened(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{found}/{KEPT_BITS[found.version]}", strict=False))
