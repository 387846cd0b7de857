"""Labs that are steps of a capstone."""

from __future__ import annotations

from labs.models import Lab


def tell(slug: str, *labs: Lab) -> None:
    """The capstone `slug` of these labs, in this order."""
    for step, lab in enumerate(labs, start=1):
        lab.capstone = {"slug": slug, "step": step}
        if step == 1:
            lab.capstone |= {
                "title": "A first account",
                "summary": "From nothing to a team.",
                "story": "<p>It was empty.</p>",
            }
        lab.save()
