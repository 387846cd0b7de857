"""Sessions that end while a page is open, answers that nobody keeps, bodies of any size."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lessons.models import Course
from portal.accounts.models import User

PROFILE = ("/accounts/profile/", b"name")


@pytest.mark.parametrize(
    ("page", "sign_in"),
    [
        ("http://testserver/labs/say-it/?a=1", "/accounts/login/?next=%2Flabs%2Fsay-it%2F%3Fa%3D1"),
        ("http://elsewhere.example/labs/", "/accounts/login/"),
        ("", "/accounts/login/"),
    ],
)
def test_a_fragment_leads_to_sign_in_and_back_to_its_own_page(
    client: Client, page: str, sign_in: str
) -> None:
    response = client.post(
        "/labs/say-it/submit/", headers={"HX-Request": "true", "HX-Current-URL": page}
    )
    assert (response.status_code, response["HX-Redirect"]) == (200, sign_in)


def test_a_page_is_asked_for_in_the_ordinary_way(client: Client) -> None:
    assert client.get("/labs/").url == "/accounts/login/?next=/labs/"


def test_an_address_that_is_none_leads_to_sign_in_alone(client: Client) -> None:
    response = client.get("/labs/", headers={"HX-Request": "true", "HX-Current-URL": "http://[::1"})
    assert (response.status_code, response["HX-Redirect"]) == (200, "/accounts/login/")


@pytest.mark.parametrize(
    "page", ["/day/", "/labs/", "/learn/aws/", "/accounts/profile/", "/accounts/email/"]
)
def test_no_proxy_and_no_browser_keeps_what_somebody_s_pages_say(
    client_of, lea: User, page: str
) -> None:
    assert client_of(lea).get(page)["Cache-Control"] == "private, no-store"


def test_a_view_that_speaks_of_keeping_is_believed(client: Client) -> None:
    assert client.get("/manifest.webmanifest")["Cache-Control"] == "max-age=3600, public"


def test_a_body_beyond_all_measure_is_refused_before_it_is_read(client: Client, settings) -> None:
    settings.LARGEST_BODY = 2000
    upload = SimpleUploadedFile("film.mp4", b"x" * 3000)
    assert client.post("/accounts/login/", {"film": upload}).status_code == 413
    assert client.post("/accounts/login/", {"login": "lea"}).status_code == 200


HALF = b"+2AA-"  # of a character, in UTF-7
PART = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--b--\r\n'


def test_a_body_in_another_alphabet_is_refused_and_not_a_fault_of_ours() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    odd = "application/x-www-form-urlencoded; charset=utf-16"
    assert client.post("/accounts/login/", b"login=lea", content_type=odd).status_code == 400


@pytest.mark.parametrize(("alphabet", "status"), [("utf-7", 400), ("utf-8", 302), ("UTF8", 302)])
def test_half_a_character_is_refused_and_not_a_fault_of_ours(
    client_of, lea: User, course: Course, alphabet: str, status: int
) -> None:
    client = client_of(lea)
    form = f"multipart/form-data; boundary=b; charset={alphabet}"
    section = course.sections.get(slug="bucket-names")
    for address, name in ((f"/learn/aws/margin/{section.pk}/", b"text"), PROFILE):
        answer = client.post(address, PART % (name, HALF), content_type=form)
        assert answer.status_code == status
    answer = client.get("/search/?q=%2B2AA-", headers={"content-type": form})
    assert answer.status_code == (400 if status == 400 else 200)
