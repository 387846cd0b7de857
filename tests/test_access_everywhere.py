"""The rows of tests/test_access.py once more: for everybody else there is, by every method, and
with ids of others beside ids of nothing. A row that is added there is asked here by itself.

Each test asks all rows in turn, because whoever is refused changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from lessons.models import Margin
from portal.accounts.models import User
from portal.accounts.own_data import erase
from portal.cohorts.models import Cohort
from tests import test_access
from tests.rows import make_user
from tests.test_access import OPEN_VIEWS, SECTION, SIGN_IN, TABLE, Row, ask, lea_alone

# The same course, and the same things in it.
course, things = test_access.course, test_access.things

Things = dict[str, int]
SIGNS_IN = {"oidc_callback"}  # one by which somebody comes in is no page
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SLUGS = re.compile(r"(?<=/)(aws|buckets|read-one-bucket|first-account|autumn)(?=/)")
# Rows of one learner: whoever learns beside them gets what an outsider gets.
OF_LEA = [
    row
    for row in TABLE
    if row[2:] == lea_alone(row.name, "", row.lea)[2:] and row.lea != 404 and "{" in row.request
]
LISTS = {"cohort_list", "regrade_list"}  # of one's own, at an address that names nobody
FOREIGN = [
    row for row in TABLE if row.eve == 404 and {row.lea, row.tom} != {404} and row.name not in LISTS
]


def by(method: str, row: Row) -> str:
    return f"{method} {row.request.split(' ')[1]}"


def unlike(
    client: Client, things: Things, expected: Callable[[Row], int | str]
) -> dict[str, int | str]:
    """The rows that answer something else than is expected, and what."""
    got = {row.name: ask(client, row.request, things) for row in TABLE}
    return {row.name: got[row.name] for row in TABLE if got[row.name] != expected(row)}


# --- Everybody else -------------------------------------------------------------------------------


def test_who_learns_in_the_same_cohort_sees_the_course_and_nothing_of_lea(
    things: Things, client_of, mia: User
) -> None:
    different = unlike(client_of(mia), things, lambda row: row.eve if row in OF_LEA else row.lea)
    assert different == {"labs:solution": 403}  # she has not handed anything in


@pytest.fixture
def was_here(mia: User) -> Client:
    """A browser that stays as it is while the account ends."""
    client = Client()
    client.force_login(mia)
    return client


def test_who_was_deactivated_is_a_stranger(things: Things, was_here: Client, mia: User) -> None:
    User.objects.filter(pk=mia.pk).update(is_active=False)
    assert unlike(was_here, things, lambda row: row.anonymous) == {}


def test_who_was_erased_is_a_stranger_even_with_a_session_that_was_kept(
    things: Things, was_here: Client, mia: User
) -> None:
    kept = dict(was_here.session)
    erase(mia)
    client = Client()
    session = client.session
    session.update({key: kept[key] for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY)})
    session.save()
    assert unlike(client, things, lambda row: row.anonymous) == {}


def test_staff_who_are_no_administrators_get_nothing_of_a_cohort_they_are_not_in(
    things: Things, client_of
) -> None:
    """What they may see is in /admin/, where it is logged."""
    sol = make_user("Sol", is_staff=True)
    assert unlike(client_of(sol), things, lambda row: 200 if row.name == "style" else row.eve) == {}


# --- Every method ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_no_method_opens_what_another_keeps_shut(
    method: str, things: Things, client_of, eve: User
) -> None:
    """405 is said before anything is looked for."""
    outsider, stranger = client_of(eve), Client()
    for row in (row for row in TABLE if row.name != "account_logout"):  # it would be the last
        of_stranger, of_outsider = (
            ask(client, by(method, row), things) for client in (stranger, outsider)
        )
        assert row.name in OPEN_VIEWS or of_stranger == SIGN_IN, row.name
        assert row not in FOREIGN or of_outsider in {404, 405}, row.name
        assert 500 not in {of_stranger, of_outsider}, row.name


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_only_a_post_changes_what_a_post_is_for(
    method: str, things: Things, client_of, lea: User, tom: User
) -> None:
    for user in (lea, tom):
        answers = {
            row.name: ask(client_of(user), by(method, row), things)
            for row in TABLE
            if row.request.startswith("POST")
        }
        assert set(answers.values()) <= {404, 405}, answers


def test_head_says_what_get_says_without_the_page(
    things: Things, client_of, lea: User, tom: User, ada: User
) -> None:
    for client in (client_of(lea), client_of(tom), client_of(ada), Client()):
        for row in (row for row in TABLE if row.request.startswith("GET")):
            address = row.request.format(**things).split(" ")[1]
            got, head = (getattr(client, method)(address) for method in ("get", "head"))
            assert head.status_code == (405 if row.name in SIGNS_IN else got.status_code), row.name
            assert head.headers.get("Location") == got.headers.get("Location"), row.name
            assert head.content == b"", row.name


def test_head_changes_nothing(things: Things, client_of, lea: User) -> None:
    kept = Margin.objects.keep(lea, SECTION, bookmark=True, text="", revision=0)
    assert client_of(lea).head(f"/learn/aws/margin/{SECTION}/").status_code == 200
    assert Margin.objects.get() == kept


def test_a_page_that_answers_a_form_leads_on_by_whole_addresses(
    things: Things, client_of, ada: User
) -> None:
    """A form that was refused stands at an address that nobody can open."""
    client = client_of(ada)
    pages = 0
    for row in (row for row in TABLE if row.request.startswith("POST")):
        answer = client.post(row.request.format(**things).split(" ")[1])
        if answer.status_code == 200:
            pages += 1
            assert not re.search(r'href="(?:[?]|[.]|")', answer.content.decode()), row.name
    assert pages >= 10


# Mail programs send no form of ours (RFC 8058), and no other site knows the signed address.
SIGNED = {"mail_off"}


def test_nothing_is_done_by_a_form_of_another_site(
    things: Things, client_of, lea: User, tom: User
) -> None:
    """Whatever a browser sends along by itself, it does not send our token."""
    for user in (lea, tom, None):
        browser = client_of(user) if user else Client()
        browser.handler.enforce_csrf_checks = True
        for row in (row for row in TABLE if row.name not in SIGNED):
            answer = browser.post(row.request.format(**things).split(" ")[1], {"text": "x"})
            assert answer.status_code in {403, 405}, (row.name, user)


# --- Somebody else's, and nobody's ----------------------------------------------------------------


CHANCE = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce="[^"]+"|'
    r'name="next" value="[^"]+"'
)


def seen(client: Client, method: str, address: str) -> tuple[int, str]:
    """What is seen, but for what differs from one page to the next by chance, and its address."""
    answer = client.generic(method, address)
    return answer.status_code, CHANCE.sub("", answer.content.decode()).replace(address, "")


def nobodys(row: Row) -> Iterator[str]:
    """The row's address with one part of nothing: each id in turn, and each slug."""
    address = row.request.split(" ")[1]
    for name in re.findall(r"{(\w+)}", address):
        yield address.replace(f"{{{name}}}", "999999")
    for match in SLUGS.finditer(address):
        yield f"{address[: match.start()]}no-such-thing{address[match.end() :]}"


@pytest.mark.parametrize("row", FOREIGN, ids=lambda row: row.name)
def test_each_address_of_somebody_has_a_part_that_names_them(row: Row) -> None:
    """Else the two tests below would compare nothing."""
    assert list(nobodys(row))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_somebody_elses_looks_like_nothing(
    method: str, things: Things, client_of, eve: User, ida: User
) -> None:
    for client in (client_of(eve), client_of(ida)):
        for row in FOREIGN:
            theirs = seen(client, method, row.request.format(**things).split(" ")[1])
            for address in nobodys(row):
                assert seen(client, method, address.format(**things)) == theirs, row.name


def test_what_is_leas_looks_like_nothing_to_mia_and_tom(
    things: Things, client_of, mia: User, tom: User
) -> None:
    for client in (client_of(mia), client_of(tom)):
        for row in OF_LEA:
            method, address = row.request.split(" ")
            theirs = seen(client, method, address.format(**things))
            assert theirs[0] == 404, row.name
            for nobody in nobodys(row):
                assert seen(client, method, nobody.format(**things)) == theirs, row.name


def test_a_number_that_no_column_holds_is_nothing(
    things: Things, client_of, lea: User, tom: User, ada: User
) -> None:
    for client in (client_of(lea), client_of(tom), client_of(ada)):
        for row in TABLE:
            method, address = row.request.split(" ")
            for name in re.findall(r"{(\w+)}", address):
                huge = address.replace(f"{{{name}}}", "9" * 30).format(**things)
                assert client.generic(method, huge).status_code == 404, huge


# --- The administration ---------------------------------------------------------------------------


def admin_addresses() -> list[str]:
    """Of every page that Django's admin has here: the lists, and row 1 of each."""
    [admin] = [
        resolver
        for resolver in get_resolver().url_patterns
        if getattr(resolver, "namespace", "") == "admin"
    ]
    names = [name for name in admin.reverse_dict if isinstance(name, str)]
    return sorted(filter(None, {admin_address(name) for name in names}))


def admin_address(name: str) -> str:
    for arguments in ([], ["1"], ["accounts"], ["1", "1"]):
        try:
            return reverse(f"admin:{name}", args=arguments)
        except NoReverseMatch:
            continue
    return ""


ADMIN = admin_addresses()
OPEN_TO_STAFF = {"/admin/", "/admin/login/", "/admin/logout/", "/admin/password_change/"}


def test_every_page_of_the_administration_is_asked() -> None:
    assert {
        "/admin/",
        "/admin/accounts/user/1/change/",
        "/admin/accounts/user/1/password/",
        "/admin/audit/entry/",
        "/admin/labs/submission/1/history/",
        "/admin/cohorts/membership/1/delete/",
    } <= set(ADMIN)


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_the_administration_is_shut_for_all_but_staff(
    method: str, things: Things, client_of, lea: User, tom: User, was_here: Client
) -> None:
    """All are sent to the one door, where whoever is signed in and no staff gets 403."""
    User.objects.filter(name="Mia Learner").update(is_active=False)
    for client in (Client(), was_here, client_of(lea), client_of(tom)):
        for address in sorted(set(ADMIN) - {"/admin/login/", "/admin/logout/"}):
            answer = getattr(client, method)(address)
            assert answer.status_code in {302, 405}, address
            assert "/login/" in answer.get("Location", "/login/"), address


def test_staff_without_a_right_see_no_row(things: Things, client_of) -> None:
    client = client_of(make_user("Ada", is_staff=True))
    for address in sorted(set(ADMIN) - OPEN_TO_STAFF):
        page = client.get(address, follow=True)
        assert page.status_code in {403, 404} or "Lea" not in page.content.decode(), address


def test_a_right_opens_what_it_names_and_no_more(things: Things, client_of, cohort: Cohort) -> None:
    ada = make_user("Ada", is_staff=True)
    ada.user_permissions.add(Permission.objects.get(codename="view_cohort"))
    client = client_of(ada)
    assert client.get("/admin/cohorts/cohort/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403
    delete = client.post(f"/admin/cohorts/cohort/{cohort.pk}/delete/", {"post": "yes"})
    assert delete.status_code == 403
