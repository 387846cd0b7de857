"""What labs' pages show of regrades."""

from __future__ import annotations

from django import template

from labs.models import Lab
from portal.regrades.scope import cohorts_of, outdated_for

register = template.Library()


@register.simple_tag(takes_context=True)
def old_verdicts(context: template.Context, lab: Lab) -> int | None:
    """How many verdicts another version of the lab gave; None for whoever may not change any. No
    query for those who learn."""
    user = context["request"].user
    if not user.teaches(lab.course_id):
        return None
    if not (user.is_superuser or cohorts_of(user, lab.course_id).exists()):
        return None
    return outdated_for(user, lab) if lab.rule_since else 0
