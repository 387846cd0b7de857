"""Which routes ever get a request: one is never reached where more specific ones take it all."""

from __future__ import annotations

from labs.grading.gateway.comparison.paths import paths_of
from labs.grading.gateway.routes.key import METHODS
from labs.grading.gateway.routes.model import Api, Route
from labs.grading.gateway.routing.decision import selected, staged
from labs.grading.wildcards.budget import Budget

STEPS = 5_000


def never_reached(api: Api) -> tuple[Route, ...]:
    """OutOfBudget."""
    budget = Budget(STEPS)
    left = {route.path: route for route in api.routes}
    for path in paths_of((api,), budget):
        behind = staged(api, path)
        for method in METHODS if behind is not None else ():
            budget.spend(len(api.routes) // 4 + 1)
            for route in selected(api.routes, method, behind or ()):
                left.pop(route.path, None)
        if not left:
            break
    return tuple(left.values())
