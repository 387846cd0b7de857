"""Inviting many by mail: who is new, who is in already, and a letter with a code of their own for
each.

Whether somebody has an account is not told, and nobody is made a member without their doing: else
naming an address would show its owner's work to whoever names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lessons.people import SignedInRequest
from portal.audit.models import What
from portal.audit.record import record
from portal.cohorts.mail_limits import day_words, enough_words, left_today, written_enough
from portal.cohorts.models import Cohort, Invitation
from portal.cohorts.roster import Line
from portal.letters.models import Letter
from portal.letters.writing import letter

AGAIN_AFTER = timedelta(hours=1)  # a letter to the same person


@dataclass(frozen=True)
class Preview:
    new: list[Line] = field(default_factory=list)
    members: list[Line] = field(default_factory=list)
    invited: list[Line] = field(default_factory=list)
    wrong: list[Line] = field(default_factory=list)


def preview(cohort: Cohort, lines: Iterable[Line]) -> Preview:
    """Three queries."""
    found = cohort.memberships.annotate(address=Lower("user__email"))
    members = set(found.values_list("address", flat=True))
    invited = set(cohort.invitations.open().personal().values_list("email", flat=True))
    enough = written_enough(cohort)
    sorted_out = Preview()
    for line in lines:
        if line.wrong:
            sorted_out.wrong.append(line)
        elif line.email in members:
            sorted_out.members.append(line)
        elif line.email in invited:
            sorted_out.invited.append(line)
        elif line.email in enough:
            sorted_out.wrong.append(replace(line, wrong=enough_words()))
        else:
            sorted_out.new.append(line)
    return sorted_out


def invite(
    cohort: Cohort, lines: list[Line], *, role: str, expires_at: datetime, request: HttpRequest
) -> int:
    """How many were invited; their letters go out by themselves."""
    rows = [
        Invitation(
            cohort=cohort,
            role=role,
            uses=1,
            email=line.email,
            name=line.name,
            expires_at=expires_at,
            sent_at=timezone.now(),
            sent_by_id=request.user.pk,
            letters=1,
        )
        for line in lines
    ]
    Invitation.objects.bulk_create(rows, batch_size=200)
    record(What.INVITED, about=f"{cohort.slug}: {role}, {len(rows)} by mail", cohort=cohort)
    Letter.objects.post(letters_for(rows, cohort, request))
    return len(rows)


@transaction.atomic
def send_again(invitation: Invitation, request: SignedInRequest) -> str:
    """What keeps it back, in words; nothing where it is on its way."""
    if invitation.email in written_enough(invitation.cohort):
        return f"{invitation.email} {enough_words()}."
    if not (left := left_today(request.user)):
        return day_words(left)
    now = timezone.now()
    waited = Invitation.objects.open().filter(pk=invitation.pk, sent_at__lt=now - AGAIN_AFTER)
    if not waited.update(sent_at=now, sent_by=request.user.pk, letters=F("letters") + 1):
        return _("The last e-mail left within the hour. Give it some time.")
    Letter.objects.post(letters_for([invitation], invitation.cohort, request))
    return ""


def letters_for(rows: list[Invitation], cohort: Cohort, request: HttpRequest) -> list[Letter]:
    """A stranger's language is not known."""
    shared = {
        "cohort": cohort,
        "titles": ", ".join(cohort.courses.values_list("title", flat=True)),
        "sender": request.user,
        "current_site": {"domain": request.get_host()},
    }
    return [
        letter(
            "invitation",
            one.email,
            language="",
            otherwise=cohort.language,
            context={**shared, "invitation": one, "link": link_of(one, request)},
        )
        for one in rows
    ]


def link_of(invitation: Invitation, request: HttpRequest) -> str:
    path = f"{reverse('join')}?{urlencode({'code': invitation.code})}"
    return request.build_absolute_uri(path)
