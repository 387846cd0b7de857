"""Signing in by a school's own door, against a real provider on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation
from portal.env import env_issuer, origin_of
from tests.portal.accounts.openid_provider import ANOTHER_KEY, CLIENT, SECRET, Provider
from tests.rows import PASSWORD

ANN = {"sub": "ann-7", "email": "ann@school.example", "email_verified": True, "name": "Ann Ames"}
LEA = {"sub": "lea-3", "email": "lea@example.com", "email_verified": True, "name": "Lea"}
SIGN_UP = "/accounts/linked/signup/"


@pytest.fixture
def provider(db: None, settings) -> Iterator[Provider]:
    provider = Provider(person=dict(ANN))
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "School"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    yield provider
    provider.close()


@pytest.fixture
def confirmed(lea: User) -> User:
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True, verified=True)
    return lea


@pytest.fixture
def invitation(cohort: Cohort) -> Invitation:
    return Invitation.objects.create(cohort=cohort, code="ABCD-EFGH-JKLM", uses=2)


def to_the_provider(client: Client, provider: Provider, **sent: str) -> str:
    """What the provider sends the browser back with."""
    answer = client.post("/accounts/oidc/login/", sent)
    address = answer["Location"]
    assert address.startswith(f"{provider.issuer}/authorize?")
    query = parse_qs(urlsplit(address).query)
    back = urlsplit(provider.authorize({name: values[0] for name, values in query.items()}))
    return f"{back.path}?{back.query}"


def sign_in(client: Client, provider: Provider, **sent: str):
    return client.get(to_the_provider(client, provider, **sent))


def is_in(client: Client) -> bool:
    return client.get("/day/").status_code == 200


def join(client: Client, code: str = "ABCD-EFGH-JKLM", **changes: str):
    return client.post(SIGN_UP, {"code": code, "name": "Ann Ames", **changes})


def test_somebody_invited_makes_an_account_with_the_confirmed_address(
    provider: Provider, invitation: Invitation
):
    client = Client()
    assert sign_in(client, provider)["Location"] == SIGN_UP
    page = client.get(SIGN_UP).content.decode()
    assert 'value="ann@school.example"' in page
    assert join(client, email="somebody@else.example")["Location"] == "/day/"
    ann = User.objects.get(email="ann@school.example")
    assert (ann.name, ann.has_usable_password()) == ("Ann Ames", False)
    assert ann.memberships.get().cohort == invitation.cohort
    assert EmailAddress.objects.get(user=ann).verified
    assert is_in(client)


def test_who_was_here_before_is_in_at_once(provider: Provider, invitation: Invitation):
    first, again = Client(), Client()
    sign_in(first, provider)
    join(first)
    assert sign_in(again, provider, next="/labs/")["Location"] == "/labs/"
    assert is_in(again)
    assert User.objects.count() == 1


@pytest.mark.parametrize("code", ["", "NOPE-NOPE-NOPE"])
def test_without_an_invitation_nobody_new_gets_in(
    provider: Provider, invitation: Invitation, code: str
):
    client = Client()
    sign_in(client, provider)
    assert list(join(client, code).context["form"].errors) == ["code"]
    assert not User.objects.exists()
    assert not is_in(client)


def test_a_domain_of_ours_needs_no_invitation_and_others_do(provider: Provider, settings):
    settings.OIDC_DOMAINS = ["school.example"]
    client = Client()
    sign_in(client, provider)
    assert join(client, code="")["Location"] == "/day/"
    provider.person = ANN | {"sub": "bob", "email": "bob@xschool.example"}
    other = Client()
    sign_in(other, provider)
    assert list(join(other, code="").context["form"].errors) == ["code"]


@pytest.mark.parametrize("claim", [False, "true", None])
def test_an_unconfirmed_address_is_nobodys(
    provider: Provider, confirmed: User, invitation: Invitation, settings, claim: object
):
    """It links to nothing, opens no domain, and is asked for and confirmed by mail like any."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.OIDC_DOMAINS = ["example.com"]
    provider.person = LEA | {"email_verified": claim}
    client = Client()
    assert sign_in(client, provider)["Location"] == SIGN_UP
    assert list(join(client, code="", email="lea@example.com").context["form"].errors) == ["code"]
    answer = join(client, email="lea@example.com")
    assert answer["Location"] == "/accounts/confirm-email/"
    assert [message.subject for message in mail.outbox] == ["You have an account already"]
    assert not SocialAccount.objects.exists()
    assert not is_in(client)


# --- Linking --------------------------------------------------------------------------------------


def test_an_account_is_linked_once_its_owner_signs_in(provider: Provider, confirmed: User):
    provider.person = LEA
    client = Client()
    assert sign_in(client, provider)["Location"] == "/accounts/oidc/link/"
    assert not is_in(client)
    asked = client.get("/accounts/oidc/link/")["Location"]
    page = client.get(asked).content.decode()
    assert "There is an account with your address already." in page
    form = {"login": confirmed.email, "password": PASSWORD, "next": "/accounts/oidc/link/"}
    assert client.post("/accounts/login/", form)["Location"] == "/accounts/oidc/link/"
    assert "Link School?" in client.get("/accounts/oidc/link/").content.decode()
    assert client.post("/accounts/oidc/link/")["Location"] == "/day/"
    assert SocialAccount.objects.get().user == confirmed
    assert mail.outbox[-1].subject == "Another way into your account"
    other = Client()
    sign_in(other, provider)
    assert is_in(other)


def test_only_the_owner_of_the_address_can_link_it(provider: Provider, confirmed: User, mia: User):
    provider.person = LEA
    client = Client()
    sign_in(client, provider)
    client.post("/accounts/login/", {"login": mia.email, "password": PASSWORD})
    assert client.get("/accounts/oidc/link/").status_code == 404
    assert client.post("/accounts/oidc/link/").status_code == 404
    assert not SocialAccount.objects.exists()


def test_an_address_that_is_unconfirmed_here_is_not_linked(provider: Provider, lea: User):
    """Whoever signed up with it may be somebody else."""
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True, verified=False)
    provider.person = LEA
    assert sign_in(Client(), provider)["Location"] == SIGN_UP
    assert not SocialAccount.objects.exists()


def test_a_second_factor_here_is_asked_for_all_the_same(provider: Provider, confirmed: User):
    provider.person = LEA
    account = {"provider": name_of(provider), "uid": "lea-3"}
    SocialAccount.objects.create(user=confirmed, **account)
    TOTP.activate(confirmed, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = Client()
    assert sign_in(client, provider)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)


def name_of(provider: Provider) -> str:
    from portal.accounts.openid_adapter import name_of_issuer

    return name_of_issuer()


def test_another_provider_lets_in_nobody_of_this_one(provider: Provider, confirmed: User, settings):
    SocialAccount.objects.create(user=confirmed, provider=name_of(provider), uid="ann-7")
    other = Provider(person=dict(ANN))
    settings.OIDC_ISSUER = other.issuer
    client = Client()
    assert sign_in(client, other)["Location"] == SIGN_UP
    other.close()


def test_the_only_way_in_cannot_be_unlinked(provider: Provider, invitation: Invitation):
    client = Client()
    sign_in(client, provider)
    join(client)
    page = "/accounts/linked/"
    assert "Linked on" in client.get(page).content.decode()
    answer = client.post(page, {"account": SocialAccount.objects.get().pk})
    assert "this is your only way in" in answer.content.decode()
    assert SocialAccount.objects.exists()


def test_who_has_no_password_proves_it_at_the_provider(provider: Provider, invitation: Invitation):
    client = Client()
    sign_in(client, provider)
    join(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 4000
    session.save()
    asked = client.get("/accounts/export/")["Location"]
    assert asked == "/accounts/oidc/login/?next=%2Faccounts%2Fexport%2F"
    assert client.get(asked).status_code == 200
    answer = sign_in(client, provider, next="/accounts/export/")
    assert provider.asked["prompt"] == "login"
    assert answer["Location"] == "/accounts/export/"
    assert client.get("/accounts/export/").status_code == 200


# --- Lies -----------------------------------------------------------------------------------------

LIES = {
    "another key": {"signs_with": ANOTHER_KEY},
    "no signature": {"algorithm": "none"},
    "a shared secret for a signature": {"algorithm": "HS256", "signs_with": SECRET * 2},
    "another issuer in the token": {"claims": {"iss": "https://evil.example"}},
    "for somebody else": {"claims": {"aud": "another-portal"}},
    "expired": {"claims": {"exp": 1}},
    "another nonce": {"claims": {"nonce": "x"}},
    "no nonce": {"claims": {"nonce": None}},
    "userinfo of another person": {"userinfo": {"sub": "tom-1"}},
    "another name": {"named": "https://evil.example"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_right_opens_nothing(provider: Provider, confirmed: User, lie: str):
    SocialAccount.objects.create(user=confirmed, provider=name_of(provider), uid="ann-7")
    assert sign_in(Client(), provider)["Location"] == "/day/"
    client = Client()
    back = to_the_provider(client, provider)
    for name, value in LIES[lie].items():
        setattr(provider, name, value)
    answer = client.get(back)
    assert answer.status_code == 401
    assert "School did not tell us who you are" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "spoil", [lambda back: back.replace("state=", "state=x"), lambda back: back.split("&")[0]]
)
def test_an_answer_that_nobody_asked_for_opens_nothing(provider: Provider, spoil):
    client = Client()
    back = to_the_provider(client, provider)
    assert client.get(spoil(back)).status_code == 401
    assert Client().get(back).status_code == 401  # the state of another browser
    assert client.get(back)["Location"] == SIGN_UP
    assert client.get(back).status_code == 401  # and once


def test_a_provider_that_is_away_is_said_in_words(provider: Provider, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    answer = Client().post("/accounts/oidc/login/")
    assert answer.status_code == 401
    assert "School did not tell us who you are" in answer.content.decode()


def test_who_says_no_there_is_back_here(provider: Provider):
    client = Client()
    state = parse_qs(urlsplit(to_the_provider(client, provider)).query)["state"][0]
    answer = client.get(f"/accounts/oidc/callback/?error=access_denied&state={state}", follow=True)
    assert "Nothing has changed." in answer.content.decode()


# --- Without one ----------------------------------------------------------------------------------


def test_without_a_provider_there_is_no_door(client: Client, db: None):
    assert client.post("/accounts/oidc/login/").status_code == 404
    assert client.get("/accounts/oidc/callback/").status_code == 404
    assert "oidc" not in client.get("/accounts/login/").content.decode()


def test_with_one_the_sign_in_page_has_a_button(client: Client, provider: Provider):
    page = client.get("/accounts/login/?next=/labs/").content.decode()
    assert "Sign in with School" in page


@pytest.mark.parametrize("issuer", ["http://school.example", "school.example", "ftp://x"])
def test_an_issuer_must_be_encrypted(monkeypatch: pytest.MonkeyPatch, issuer: str):
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    with pytest.raises(ImproperlyConfigured, match="must begin with https://"):
        env_issuer("OIDC_ISSUER")


def test_forms_may_end_at_the_provider_and_nowhere_else():
    assert origin_of("https://login.school.example/realms/a") == ["https://login.school.example"]
    assert origin_of("") == []
