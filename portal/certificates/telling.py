"""That a certificate was revoked, by mail. Why is read on the portal: nobody's words are in a mail
of ours."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from portal.certificates.models import Certificate
from portal.letters.models import Letter
from portal.letters.writing import is_mail_sent, letter


def tell_of_revocation(one: Certificate, request: HttpRequest) -> None:
    """In the transaction of what it tells of."""
    if not (is_mail_sent() and one.user.is_active):
        return
    context = {
        "about": one.title,
        "url": request.build_absolute_uri(reverse("certificate_list")),
        "current_site": {"domain": request.get_host()},
    }
    told = letter(
        "certificate_revoked",
        one.user.email,
        user=one.user_id,
        language=one.user.language,
        otherwise=one.cohort.language if one.cohort else "",
        context=context,
    )
    Letter.objects.post([told])
