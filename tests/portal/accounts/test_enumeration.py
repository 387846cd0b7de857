"""Nobody learns by any answer who has an account here: status, page, mails and work are alike."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation
from tests.rows import PASSWORD

KNOWN, UNKNOWN = "lea@example.com", "nobody@example.com"
RANDOM = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|nonce="[^"]*"'
    r"|X-CSRFToken&quot;: &quot;\w+"
)


@pytest.fixture(autouse=True)
def _deployed(settings) -> None:
    """As where addresses are confirmed by mail."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def known(lea: User) -> User:
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True, verified=True)
    return lea


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that a password is hashed, which is what takes time."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def note(self: Any, password: str, salt: str) -> str:
        done.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", note)
    return done


def seen(address: str, form: dict[str, str], email: str) -> tuple[Any, ...]:
    """What somebody outside sees of sending the form, and of the page that it leads to."""
    client = Client()
    answer = client.post(address, form)
    pages = [answer.content.decode()]
    if answer.status_code == 302:
        pages.append(client.get(answer["Location"]).content.decode())
    without = [RANDOM.sub("", page).replace(email, "…") for page in pages]
    return answer.status_code, answer.headers.get("Location"), without, sorted(answer.cookies)


def alike(address: str, form: dict[str, str], field: str, hashed: list[str]) -> bool:
    """For an address that has an account, and one that has none."""
    found = []
    for email in (KNOWN, UNKNOWN):
        before_mail, before_work = len(mail.outbox), len(hashed)
        answer = seen(address, form | {field: email}, email)
        mails = len(mail.outbox) - before_mail
        found.append((answer, mails, len(hashed) - before_work))
    assert found[0] == found[1]
    return True


def test_signing_in(known: User, hashed: list[str]):
    assert alike("/accounts/login/", {"password": "wrong-one"}, "login", hashed)
    assert hashed  # the hasher ran for both


def test_signing_in_where_there_is_a_second_factor(known: User, hashed: list[str]):
    TOTP.activate(known, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert alike("/accounts/login/", {"password": "wrong-one"}, "login", hashed)


def test_signing_in_where_the_account_has_no_password(known: User, hashed: list[str]):
    known.set_unusable_password()
    known.save()
    assert alike("/accounts/login/", {"password": "wrong-one"}, "login", hashed)


def test_signing_in_once_too_often(known: User, hashed: list[str]):
    for _number in range(6):
        assert alike("/accounts/login/", {"password": "wrong-one"}, "login", hashed)


def test_asking_for_a_new_password(known: User, hashed: list[str]):
    assert alike("/accounts/password/reset/", {}, "email", hashed)
    assert [message.to for message in mail.outbox] == [[KNOWN], [UNKNOWN]]


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKLM", "WRONG"])
def test_signing_up(known: User, cohort: Cohort, hashed: list[str], code: str):
    Invitation.objects.create(cohort=cohort, code="ABCD-EFGH-JKLM")
    form = {"code": code, "name": "Ann", "password1": PASSWORD}
    assert alike("/accounts/signup/", form, "email", hashed)
    assert len(mail.outbox) == (0 if code == "WRONG" else 2)


def test_the_page_of_the_second_factor_without_the_password(known: User, client: Client):
    TOTP.activate(known, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client.post("/accounts/login/", {"login": KNOWN, "password": "wrong-one"})
    assert client.get("/accounts/2fa/authenticate/")["Location"] == "/accounts/login/"
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 302


def test_a_passkey_is_asked_for_without_naming_anybody(known: User):
    WebAuthn.add(known, "key", {"id": "x"})
    answer = Client().get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    options = answer.json()["request_options"]["publicKey"]
    assert not options.get("allowCredentials")
    assert options["userVerification"] == "required"


@pytest.mark.parametrize("response", ["{}", '{"userHandle": "MQ"}', '{"userHandle": "Zm9v"}'])
def test_a_passkey_of_nobody_is_refused_as_one_of_somebody(known: User, response: str):
    credential = f'{{"id": "eA", "rawId": "eA", "type": "public-key", "response": {response}}}'
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert answer["Location"] == "/accounts/login/"
    said = [str(message) for message in client.get("/accounts/login/").context["messages"]]
    assert said == ["This code is wrong, too old, or was used before."]
