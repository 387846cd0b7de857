from __future__ import annotations

import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

import portal.settings
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation
from tests.rows import PASSWORD

NEW_PASSWORD = "another-good-secret"


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post("/accounts/login/", {"login": email, "password": password})


def test_somebody_signs_in_by_address_in_any_case_and_lands_on_the_day(lea: User) -> None:
    answer = sign_in("LEA@Example.com")
    assert (answer.status_code, answer["Location"]) == (302, reverse("day"))


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, lea: User) -> None:
    address = client.get("/accounts/profile/")["Location"]
    assert address == "/accounts/login/?next=/accounts/profile/"
    answer = client.post(
        address, {"login": "lea@example.com", "password": PASSWORD, "next": "/accounts/profile/"}
    )
    assert answer["Location"] == "/accounts/profile/"


def test_signing_in_never_leads_to_a_foreign_site(client: Client, lea: User) -> None:
    form = {"login": "lea@example.com", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", form)["Location"] == reverse("day")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(lea: User) -> None:
    wrong, unknown = sign_in("lea@example.com", "wrong"), sign_in("nobody@example.com", "wrong")
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"].non_field_errors() == [
        "This address and password do not go together. Please try again."
    ]


def test_the_sixth_wrong_password_has_to_wait_even_when_right(lea: User) -> None:
    for _attempt in range(5):
        sign_in("lea@example.com", "wrong")
    answer = sign_in("lea@example.com")
    assert answer.context["form"].non_field_errors() == [
        "Too many attempts. Wait five minutes, or reset your password."
    ]


def test_too_many_sign_ins_from_one_place_get_a_plain_page(settings, lea: User) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [sign_in("lea@example.com", "wrong") for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "429.html" in [template.name for template in answers[2].templates]


def test_signing_out_is_asked_first_and_ends_the_session(client_of, lea: User) -> None:
    client = client_of(lea)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get(reverse("day")).status_code == 200
    assert client.post("/accounts/logout/")["Location"] == reverse("home")
    assert client.get(reverse("day")).status_code == 302


def test_a_forgotten_password_is_set_anew_by_mail_and_signs_in(client: Client, lea: User) -> None:
    client.post("/accounts/password/reset/", {"email": "lea@example.com"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form_page = client.get(link, follow=True)
    answer = client.post(
        form_page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert answer.status_code == 302
    assert client.get(reverse("day")).status_code == 200
    lea.refresh_from_db()
    assert lea.check_password(NEW_PASSWORD)
    assert "This link is used up" in Client().get(link, follow=True).content.decode()


def test_resetting_answers_alike_whether_the_address_is_known(client: Client, lea: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": "lea@example.com"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["lea@example.com"], ["nobody@example.com"]]


def test_the_password_is_changed_with_the_old_one_and_the_session_stays(
    client_of, lea: User
) -> None:
    client = client_of(lea)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert client.get(reverse("day")).status_code == 200
    assert sign_in("lea@example.com", NEW_PASSWORD).status_code == 302


class BrokenMail(EmailBackend):
    def send_messages(self, messages) -> int:
        raise SMTPException("away")


def test_a_mail_server_that_is_away_does_not_undo_a_sign_up(
    client: Client, cohort: Cohort, settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    invitation = Invitation.objects.create(cohort=cohort)
    form = {
        "code": invitation.code,
        "name": "Ann",
        "email": "ann@example.com",
        "password1": PASSWORD,
    }
    answer = client.post("/accounts/signup/", form, follow=True)
    assert answer.request["PATH_INFO"] == reverse("day")
    assert "The e-mail could not be sent. Please try again later." in [
        str(m) for m in answer.context["messages"]
    ]


def test_a_second_code_adds_a_cohort_and_keeps_the_first(
    client_of, lea: User, other_cohort: Cohort
) -> None:
    invitation = Invitation.objects.create(cohort=other_cohort)
    answer = client_of(lea).post("/accounts/join/", {"code": invitation.code})
    assert answer["Location"] == reverse("day")
    assert {membership.cohort.slug for membership in lea.memberships.all()} == {"autumn", "cooks"}


def test_a_closed_code_adds_nothing_and_says_so(client_of, lea: User, other_cohort: Cohort) -> None:
    invitation = Invitation.objects.create(cohort=other_cohort)
    invitation.close()
    answer = client_of(lea).post("/accounts/join/", {"code": invitation.code})
    assert list(answer.context["form"].errors) == ["code"]
    assert lea.memberships.count() == 1


def test_the_profile_keeps_name_language_and_shortcuts(client_of, lea: User) -> None:
    client = client_of(lea)
    answer = client.post("/accounts/profile/", {"name": "Lea L.", "language": "de"})
    assert answer["Location"] == "/accounts/profile/"
    lea.refresh_from_db()
    assert (lea.name, lea.language, lea.shortcuts) == ("Lea L.", "de", False)
    assert (
        client.get("/accounts/profile/", headers={"accept-language": "en"})["Content-Language"]
        == "de"
    )


def test_a_profile_changes_nobody_else_and_no_rights(client_of, lea: User, mia: User) -> None:
    client_of(lea).post(
        "/accounts/profile/",
        {"name": "Lea", "id": mia.pk, "email": "x@example.com", "is_staff": "on"},
    )
    lea.refresh_from_db()
    mia.refresh_from_db()
    assert (lea.email, lea.is_staff, mia.name) == ("lea@example.com", False, "Mia Learner")


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "signup/",
        "password/reset/",
        "password/change/",
        "email/",
        "reauthenticate/",
        "join/",
        "profile/",
    ],
)
def test_every_field_has_a_label_and_no_placeholder(client_of, lea: User, address: str) -> None:
    client = Client() if address in {"login/", "signup/", "password/reset/"} else client_of(lea)
    page = client.get(f"/accounts/{address}").content.decode()
    fields = re.findall(r'<(?:input|select)[^>]*\bid="(id_\w+)"', page)
    assert fields
    assert set(fields) <= set(re.findall(r'<label[^>]*\bfor="(id_\w+)"', page))
    assert "placeholder=" not in page


def test_signing_in_works_while_the_cache_is_away(settings, lea: User) -> None:
    settings.CACHES = {
        "default": portal.settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert sign_in("lea@example.com", "wrong").status_code == 200
    assert sign_in("lea@example.com")["Location"] == reverse("day")


def test_nobody_tries_out_codes(client_of, lea: User) -> None:
    client = client_of(lea)
    answers = [
        client.post("/accounts/join/", {"code": f"AAAA-BBBB-{number:04}"}).status_code
        for number in range(11)
    ]
    assert answers == [200] * 10 + [429]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eeman", "eman"),  # the rest of the line would be read backwards
        ("Lea\u2066\u200b  Learner\n", "Lea Learner"),
        ("علي", "علي"),
        ("Le\u0301a", "Léa"),
        ("<b>Lea</b>", "<b>Lea</b>"),  # escaped where it is shown
    ],
)
def test_a_name_holds_nothing_that_turns_the_page_around(
    client_of, lea: User, typed: str, kept: str
) -> None:
    client_of(lea).post("/accounts/profile/", {"name": typed, "language": ""})
    lea.refresh_from_db()
    assert lea.name == kept


@pytest.mark.parametrize("typed", ["\u200b", "\u202e \u2069", "\ufeff", "\u3164", "\u200d"])
def test_an_invisible_name_is_none(client_of, lea: User, typed: str) -> None:
    answer = client_of(lea).post("/accounts/profile/", {"name": typed, "language": ""})
    assert list(answer.context["form"].errors) == ["name"]
