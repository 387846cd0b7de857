"""Lea sets up a second factor, and nobody gets past it."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

import portal.settings
from portal.accounts.attempts import FACTOR_ANYWHERE, Attempt
from portal.accounts.models import Session, User
from portal.audit.models import Entry
from tests.portal.accounts.authenticator_app import code_of
from tests.rows import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE_PAGE = "/accounts/2fa/authenticate/"
SET_UP = "/accounts/2fa/totp/activate/"
WRONG = "This code is wrong, too old, or was used before."
TOO_MANY = "Too many attempts. Wait a while, or use a passkey."


@pytest.fixture
def app(lea: User) -> str:
    """Lea has an app with this secret, and recovery codes that she has seen."""
    TOTP.activate(lea, SECRET)
    RecoveryCodes.activate(lea).mark_as_viewed()
    return SECRET


def sign_in(email: str = "lea@example.com", place: str = "192.0.2.1", **headers: str) -> Client:
    client = Client(REMOTE_ADDR=place)
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def type_code(client: Client, code: str):
    return client.post(CODE_PAGE, {"code": code})


def errors(answer) -> list[str]:
    return answer.context["form"].errors.get("code", []) if answer.context else []


def proven(user: User) -> Client:
    client = sign_in(user.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def secret_on(page) -> str:
    """The key as text, for whoever cannot scan."""
    return re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode()).group(1)


def recovery_codes(user: User) -> list[str]:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()


# --- Setting up -----------------------------------------------------------------------------------


def test_an_app_is_set_up_with_its_first_code_and_leads_to_the_recovery_codes(lea: User):
    client = proven(lea)
    page = client.get(SET_UP)
    assert '<img class="qr" src="data:image/svg+xml;base64,' in page.content.decode()
    secret = secret_on(page)
    wrong = client.post(SET_UP, {"code": "000000"})
    assert errors(wrong) == [WRONG]
    assert secret in wrong.content.decode()
    answer = client.post(SET_UP, {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    shown = client.get(answer["Location"]).content.decode()
    assert recovery_codes(lea)[0] in shown


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_told_of_a_new_factor(lea: User):
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True, verified=True)
    client = proven(lea)
    secret = secret_on(client.get(SET_UP))
    client.post(SET_UP, {"code": code_of(secret)})
    [told] = [message for message in mail.outbox if message.to == [lea.email]]
    assert told.subject == "An authenticator app was set up"
    assert "If it was not you" in told.body


def test_no_secret_lies_readable_in_the_database(lea: User):
    client = proven(lea)
    secret = secret_on(client.get(SET_UP))
    waiting = [store.get_decoded() for store in Session.objects.all()]
    assert secret not in str(waiting)
    client.post(SET_UP, {"code": code_of(secret)})
    kept = str(list(Authenticator.objects.values()))
    assert Authenticator.objects.count() == 2
    assert secret not in kept
    assert not any(code in kept for code in recovery_codes(lea))


def test_setting_up_asks_who_it_is(client_of, lea: User):
    answer = client_of(lea).get(SET_UP)
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_an_account_with_a_strangers_address_gets_no_factor_that_keeps_its_owner_out(lea: User):
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True)
    client = proven(lea)
    secret = secret_on(client.get(SET_UP))
    answer = client.post(SET_UP, {"code": code_of(secret)})
    assert answer.context["form"].non_field_errors()[0].startswith("Confirm your address first")
    assert Authenticator.objects.count() == 0


# --- Signing in -----------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing(app: str):
    client = sign_in()
    assert client.get(reverse("day"))["Location"].startswith("/accounts/login/")
    assert type_code(client, code_of(app))["Location"] == reverse("day")
    assert client.get(reverse("day")).status_code == 200


def test_a_new_password_by_mail_does_not_get_past_the_second_factor(app: str):
    client = Client()
    client.post("/accounts/password/reset/", {"email": "lea@example.com"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    form = {"password1": "another-good-secret", "password2": "another-good-secret"}
    answer = client.post(page.request["PATH_INFO"], form)
    assert answer["Location"] == CODE_PAGE
    assert client.get(reverse("day")).status_code == 302


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_clocks_may_differ_by_half_a_minute(app: str, steps: int):
    assert type_code(sign_in(), code_of(app, steps)).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_old_and_future_codes_open_nothing(app: str, steps: int):
    assert errors(type_code(sign_in(), code_of(app, steps))) == [WRONG]


@pytest.mark.parametrize("cache_away", [False, True])
@pytest.mark.parametrize("again", ["{}", " {} ", "{}-"])
def test_a_code_works_once(app: str, settings, cache_away: bool, again: str):
    if cache_away:
        away = portal.settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": away}
    code = code_of(app)
    assert type_code(sign_in(), code).status_code == 302
    assert errors(type_code(sign_in(), again.format(code))) == [WRONG]


def test_the_code_that_set_up_the_app_signs_nobody_in(lea: User):
    client = proven(lea)
    secret = secret_on(client.get(SET_UP))
    code = code_of(secret)
    client.post(SET_UP, {"code": code})
    assert errors(type_code(sign_in(), code)) == [WRONG]


def test_a_recovery_code_works_once(lea: User, app: str):
    code = recovery_codes(lea)[0]
    assert type_code(sign_in(), code).status_code == 302
    assert errors(type_code(sign_in(), code)) == [WRONG]
    assert len(recovery_codes(lea)) == 9


# --- Trying out -----------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes that were compared at all."""
    codes: list[str] = []
    compare = TOTP.validate_code

    def validate(self, code: str) -> bool:
        codes.append(code)
        return compare(self, code)

    monkeypatch.setattr(TOTP, "validate_code", validate)
    return codes


@pytest.mark.parametrize("cache_away", [False, True])
def test_fifty_tries_from_one_place_are_five(app: str, asked: list, settings, cache_away: bool):
    if cache_away:
        away = portal.settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": away}
    client = sign_in()
    answers = [type_code(client, f"{number:06}") for number in range(50)]
    assert [errors(answer) for answer in answers[:6]] == [[WRONG]] * 5 + [[TOO_MANY]]
    assert len(asked) == 5
    assert errors(type_code(sign_in(), code_of(app))) == [TOO_MANY]


def test_fifty_tries_from_fifty_places_are_twenty(app: str, asked: list):
    for number in range(50):
        type_code(sign_in(place=f"198.51.100.{number}"), f"{number:06}")
    assert len(asked) == FACTOR_ANYWHERE.most == 20
    assert errors(type_code(sign_in(place="203.0.113.1"), code_of(app))) == [TOO_MANY]
    assert Entry.objects.filter(what="shut-out", person__email="lea@example.com").exists()


def test_recovery_codes_are_counted_with_the_others(lea: User, app: str):
    client = sign_in()
    for number in range(5):
        type_code(client, f"{number:08}")
    assert errors(type_code(client, recovery_codes(lea)[0])) == [TOO_MANY]


def test_tries_in_the_same_session_of_somebody_signed_in_are_counted_too(app: str, asked: list):
    client = sign_in()
    type_code(client, code_of(app))
    again = "/accounts/2fa/reauthenticate/?next=/accounts/2fa/"
    answers = [client.post(again, {"code": f"{number:06}"}) for number in range(8)]
    assert errors(answers[-1]) == [TOO_MANY] or answers[-1].status_code == 429
    assert len(asked) <= 6


def test_right_codes_do_not_count(lea: User, app: str):
    for code in recovery_codes(lea)[:7]:
        assert type_code(sign_in(), code).status_code == 302
    assert not Attempt.objects.filter(what="factor").exists()


@pytest.mark.django_db
def test_passkeys_that_are_made_up_are_counted_by_place():
    client = Client()
    made_up = {"credential": '{"id": "eA", "rawId": "eA", "type": "public-key"}'}
    for _number in range(61):
        answer = client.post("/accounts/2fa/webauthn/login/", made_up)
    assert answer["Location"] == "/accounts/login/"
    said = [str(message) for message in client.get("/accounts/login/").context["messages"]]
    assert said[-1] == TOO_MANY


# --- Losing it ------------------------------------------------------------------------------------


def test_an_operator_lets_in_whoever_lost_every_factor(lea: User, app: str, capsys):
    with pytest.raises(CommandError, match="add --yes"):
        call_command("reset_second_factor", "lea@example.com")
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("reset_second_factor", "nobody@example.com", "--yes")
    call_command("reset_second_factor", "LEA@example.com", "--yes")
    assert sign_in().get(reverse("day")).status_code == 200


def test_the_last_factor_takes_its_recovery_codes_along(app: str):
    client = sign_in()
    type_code(client, code_of(app))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert Authenticator.objects.count() == 0


# --- The key of the keys --------------------------------------------------------------------------


def test_after_a_change_of_the_secret_key_codes_work_while_the_old_one_is_known(app: str, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert type_code(sign_in(), code_of(app)).status_code == 302


def test_after_renewing_the_secrets_the_old_key_can_go(lea: User, app: str, settings, capsys):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    before = recovery_codes(lea)
    call_command("renew_secrets")
    assert "2 secrets" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    assert recovery_codes(lea) == before
    assert type_code(sign_in(), code_of(app)).status_code == 302


def test_a_lost_key_is_our_fault_and_said_so(app: str, settings, capsys):
    settings.SECRET_KEY = "another-" + "y" * 50
    [said] = errors(type_code(sign_in(), code_of(app)))
    assert said.startswith("We cannot read your second factor any more; the fault is ours.")
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("renew_secrets")
