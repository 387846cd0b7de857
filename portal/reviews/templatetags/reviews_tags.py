"""What labs' pages show of reviews."""

from __future__ import annotations

from django import template

from labs.models import Submission
from portal.cohorts.models import Role
from portal.reviews.forms import ReplyForm
from portal.reviews.talk import Talk, talk_about

register = template.Library()


@register.simple_tag
def talk(submission: Submission) -> Talk:
    """What was said about the reader's own answer. One query, none while it waits."""
    return Talk([]) if submission.is_open else talk_about(submission)


@register.simple_tag(takes_context=True)
def reply_form(context: template.Context) -> ReplyForm:
    return ReplyForm(author=context["request"].user, role=Role.LEARNER)
