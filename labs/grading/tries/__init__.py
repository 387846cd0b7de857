"""What can be tried in a lesson's text, by kind. To add one: a module with what `TryKind` asks for,
and its line here."""

from __future__ import annotations

from labs.grading.tries import acl, block, group, pattern, request, route, subnets
from labs.grading.tries.kind import TryKind

TRY_KINDS: dict[str, TryKind] = {
    "acl": acl,
    "block": block,
    "group": group,
    "pattern": pattern,
    "request": request,
    "route": route,
    "subnets": subnets,
}
