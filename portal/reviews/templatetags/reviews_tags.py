"""What labs' pages show of reviews."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from labs.models import Submission
from portal.cohorts.models import Role
from portal.reviews.forms import TextForm
from portal.reviews.talk import Talk, talk_about

register = template.Library()
SOME_DAY = datetime(2001, 1, 1, tzinfo=UTC)


@register.simple_tag
def talk(submission: Submission) -> Talk:
    """What was said about the reader's own answer. One query, none while it waits."""
    return Talk([]) if submission.is_open else talk_about(submission)


@register.simple_tag(takes_context=True)
def reply_form(context: template.Context) -> TextForm:
    return TextForm(author=context["request"].user, role=Role.LEARNER)


@register.simple_tag(takes_context=True)
def may_ask(context: template.Context, course: int) -> bool:
    """Whether somebody teaches the reader this course. No query: it came with the user."""
    return bool(context["request"].user.crowd(course))


@register.filter
def lasting(span: timedelta) -> str:
    """How long that is, in words."""
    if span < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(SOME_DAY, SOME_DAY + span)
