"""Who must have a second factor, and who must show once more who they are."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from lessons.models import Course
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation
from tests.portal.accounts.authenticator_app import code_of
from tests.rows import PASSWORD, make_user

SET_UP = "/accounts/2fa/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def ada(db: None) -> User:
    return make_user("Ada Admin", is_staff=True, is_superuser=True)


def led_to(client: Client, address: str) -> str:
    answer = client.get(address)
    return answer.headers.get("Location", str(answer.status_code))


@pytest.mark.parametrize(
    ("required", "led"),
    [
        ("none", {"ada": "200", "tom": "200", "lea": "200"}),
        ("administrators", {"ada": SET_UP, "tom": "200", "lea": "200"}),
        ("instructors", {"ada": SET_UP, "tom": SET_UP, "lea": "200"}),
    ],
)
def test_whose_role_needs_a_factor_is_led_to_setting_one_up(
    client_of, ada: User, tom: User, lea: User, settings, required: str, led: dict[str, str]
):
    settings.MFA_REQUIRED_FOR = required
    people = {"ada": ada, "tom": tom, "lea": lea}
    assert {name: led_to(client_of(user), "/day/") for name, user in people.items()} == led


@pytest.mark.parametrize("required", ["administrators", "instructors"])
@pytest.mark.parametrize("through_a_group", [False, True])
def test_whoever_authors_needs_a_factor_as_administrators_do(
    client_of, lea: User, settings, required: str, through_a_group: bool
):
    settings.MFA_REQUIRED_FOR = required
    may_author = Permission.objects.get(codename="author")
    group = Group.objects.create(name="Authors")
    lea.groups.add(group)
    assert led_to(client_of(lea), "/authoring/") == "404"
    (group.permissions if through_a_group else lea.user_permissions).add(may_author)
    assert led_to(client_of(lea), "/day/") == SET_UP
    assert client_of(lea).post("/authoring/apply/", {"plan": "x"})["Location"] == SET_UP
    TOTP.activate(lea, SECRET)
    assert led_to(client_of(lea), "/day/") == "200"


@pytest.mark.parametrize("address", ["/cohorts/", "/cohorts/autumn/", "/labs/", "/search/"])
def test_an_instructors_pages_are_closed_until_then(client_of, tom: User, settings, address: str):
    settings.MFA_REQUIRED_FOR = "instructors"
    client = client_of(tom)
    assert led_to(client, address) == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.get("/accounts/profile/").status_code == 200
    said = client.get(address, follow=True).content.decode()
    assert "Your role needs a second factor: set one up first." in said
    TOTP.activate(tom, SECRET)
    assert led_to(client, address) == "200"


def test_whoever_led_a_course_that_is_archived_reads_its_answers_and_needs_a_factor(
    client_of, tom: User, cohort: Cohort, settings
):
    Course.objects.update(archived_at="2026-01-01T00:00Z")
    client = client_of(tom)
    assert 'href="/cohorts/"' in client.get("/cohorts/autumn/").content.decode()
    settings.MFA_REQUIRED_FOR = "instructors"
    assert led_to(client, "/cohorts/autumn/") == SET_UP


@pytest.mark.parametrize("address", ["/admin/", "/admin/accounts/user/", "/style/"])
def test_the_administration_is_closed_until_then(
    proven_client_of, ada: User, settings, address: str
):
    settings.MFA_REQUIRED_FOR = "administrators"
    client = proven_client_of(ada)
    assert led_to(client, address) == SET_UP
    assert client.post(address)["Location"] == SET_UP
    TOTP.activate(ada, SECRET)
    assert client.get(address, follow=True).status_code == 200


def test_djangos_own_sign_in_is_no_way_around(ada: User, settings):
    settings.MFA_REQUIRED_FOR = "administrators"
    TOTP.activate(ada, SECRET)
    client = Client()
    form = {"username": ada.email, "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", form)["Location"].startswith("/accounts/login/")
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    sign_in = {"login": ada.email, "password": PASSWORD, "next": "/admin/"}
    assert client.post("/accounts/login/", sign_in)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/", follow=True).request["PATH_INFO"].startswith("/accounts/")
    client.post("/accounts/login/", sign_in)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_factor(client_of, ada: User, settings):
    settings.MFA_REQUIRED_FOR = "administrators"
    RecoveryCodes.activate(ada)
    assert led_to(client_of(ada), "/day/") == SET_UP


def test_an_htmx_request_loads_the_page(client_of, tom: User, settings):
    settings.MFA_REQUIRED_FOR = "instructors"
    answer = client_of(tom).get("/search/results/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == SET_UP


def test_who_needs_what_costs_no_query(client_of, lea: User, settings, django_assert_num_queries):
    client = client_of(lea)
    with django_assert_num_queries(2):
        client.get("/accounts/profile/")
    settings.MFA_REQUIRED_FOR = "instructors"
    with django_assert_num_queries(2):
        client.get("/accounts/profile/")


# --- Recovery codes are seen ----------------------------------------------------------------------


def test_recovery_codes_are_shown_before_anything_else(lea: User):
    TOTP.activate(lea, SECRET)
    RecoveryCodes.activate(lea)
    client = Client()
    client.post("/accounts/login/", {"login": lea.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert led_to(client, "/day/") == "/accounts/2fa/recovery-codes/"
    assert led_to(client, "/accounts/2fa/recovery-codes/") == "200"
    assert led_to(client, "/day/") == "200"


def test_codes_are_seen_again_only_by_whoever_shows_who_they_are(client_of, lea: User):
    TOTP.activate(lea, SECRET)
    codes = RecoveryCodes.activate(lea).get_unused_codes()
    client = client_of(lea)
    for address in ("/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/download/"):
        answer = client.get(address)
        assert answer["Location"].startswith("/accounts/reauthenticate/")
        assert codes[0] not in answer.content.decode()


# --- Showing once more who one is -----------------------------------------------------------------


def test_the_administration_asks_again_after_an_hour(ada: User, client_of):
    client = client_of(ada)
    assert client.get("/admin/accounts/user/").status_code == 200
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    asked = client.get("/admin/accounts/user/?q=lea")["Location"]
    assert asked == "/accounts/reauthenticate/?next=%2Fadmin%2Faccounts%2Fuser%2F%3Fq%3Dlea"
    answer = client.post(asked, {"password": PASSWORD})
    assert answer["Location"] == "/admin/accounts/user/?q=lea"
    assert client.get("/admin/accounts/user/").status_code == 200


def test_a_password_typed_in_the_administration_is_never_kept_in_a_session(ada: User, client_of):
    client = client_of(ada)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    client.post(f"/admin/accounts/user/{ada.pk}/password/", {"password1": "typed-by-ada"})
    assert "typed-by-ada" not in str(dict(client.session))


def test_an_invitation_for_instructors_asks_who_makes_it(client_of, tom: User, cohort: Cohort):
    client = client_of(tom)
    address = "/cohorts/autumn/invitations/"
    asked = client.post(address, {"role": "instructor", "uses": "2"})["Location"]
    assert asked.startswith("/accounts/reauthenticate/?next=%2Fcohorts%2F")
    assert not Invitation.objects.exists()
    client.post(asked, {"password": PASSWORD})
    assert Invitation.objects.get().role == "instructor"


def test_an_invitation_for_learners_does_not(client_of, tom: User, cohort: Cohort):
    client_of(tom).post("/cohorts/autumn/invitations/", {"role": "learner", "uses": "2"})
    assert Invitation.objects.get().role == "learner"


def test_a_code_of_the_app_is_as_good_as_the_password(client_of, lea: User):
    TOTP.activate(lea, SECRET)
    client = client_of(lea)
    asked = client.get("/accounts/export/")["Location"]
    assert "Use a code" in client.get(asked).content.decode()
    again = "/accounts/2fa/reauthenticate/?next=/accounts/export/"
    assert client.post(again, {"code": code_of(SECRET)})["Location"] == "/accounts/export/"
    assert client.get("/accounts/export/").status_code == 200


def test_who_has_just_signed_in_is_not_asked(lea: User):
    client = Client()
    client.post("/accounts/login/", {"login": lea.email, "password": PASSWORD})
    assert client.get("/accounts/export/").status_code == 200
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_nobody_finds_a_password_by_being_asked_again(client_of, lea: User):
    client = client_of(lea)
    again = f"{reverse('account_reauthenticate')}?next=/accounts/export/"
    for number in range(6):
        answer = client.post(again, {"password": f"guess-{number}"})
    [said] = answer.context["form"].errors["password"]
    assert said.startswith("Too many attempts.")
    client.post(again, {"password": PASSWORD})
    assert client.get("/accounts/export/").status_code == 302
    assert not Authenticator.objects.exists()
