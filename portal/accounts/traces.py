"""Where a person is named without a row of theirs: Django's log of the administration tells each
row by its name."""

from __future__ import annotations

import json

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from portal.accounts.models import User


def wipe_traces(user: User) -> None:
    """Before the rows themselves go: what was called how is found by them."""
    named_in_the_log(user).update(object_repr="", change_message="")


def named_in_the_log(user: User) -> QuerySet[LogEntry]:
    own = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    return LogEntry.objects.filter(own | called(user))


def called(user: User) -> Q:
    """A membership is called “Lea in Autumn (learner)”, an address “lea@example.org (Lea)”. JSON
    writes letters beyond ASCII in its own way."""
    found = Q()
    if user.name:
        found |= Q(object_repr__startswith=f"{user.name} in ")
        found |= Q(change_message__contains=f"{in_json(user.name)} in ")
    addresses = {
        user.email,
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    }
    for address in addresses:
        found |= Q(object_repr__icontains=address) | Q(change_message__icontains=in_json(address))
    return found


def in_json(text: str) -> str:
    return json.dumps(text)[1:-1]
