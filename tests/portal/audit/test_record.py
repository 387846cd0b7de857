"""What the audit log says, and that nobody can make it say otherwise."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AppendOnlyError, Entry, What
from portal.audit.record import record, shortened
from portal.cohorts.models import Cohort, Invitation, Membership, Role
from tests.rows import PASSWORD, make_user


def log(what: What) -> list[Entry]:
    return list(Entry.objects.filter(what=what))


def told(entry: Entry) -> tuple[int | None, int | None, str, str]:
    return entry.actor_id, entry.person_id, entry.about, entry.network


# --- Written once ---------------------------------------------------------------------------------


@pytest.fixture
def entry(lea: User) -> Entry:
    return record(What.EXPORTED, actor=lea, person=lea)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(about="nothing"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["about"]),
        lambda entry: Entry.objects.update_or_create(pk=entry.pk),
        lambda entry: entry.person.happenings.all().delete(),
    ],
)
def test_no_entry_is_changed_or_taken_away(entry: Entry, change):
    before = list(Entry.objects.values())
    with pytest.raises(AppendOnlyError):
        change(entry)
    assert list(Entry.objects.values()) == before


def test_what_is_old_is_forgotten_altogether(entry: Entry):
    kept = record(What.INVITED)
    long_ago = timezone.now() - timedelta(days=400)
    Entry(pk=None, what=What.LEFT, at=long_ago).save()
    assert Entry.objects.forget(before=timezone.now() - timedelta(days=365)) == 1
    assert {entry.pk, kept.pk} <= set(Entry.objects.values_list("pk", flat=True))
    assert not Entry.objects.filter(at=long_ago).exists()


def test_an_administrator_reads_and_does_not_write(client_of, entry: Entry):
    client = client_of(make_user("Ada", is_staff=True, is_superuser=True))
    page = client.get("/admin/audit/entry/").content.decode()
    assert "data exported" in page
    assert (
        client.get(f"/admin/audit/entry/?what__exact=exported&q={entry.person.email}").status_code
        == 200
    )
    assert client.get(f"/admin/audit/entry/{entry.pk}/change/").status_code == 200
    form = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    answers = [
        client.get("/admin/audit/entry/add/"),
        client.post(f"/admin/audit/entry/{entry.pk}/change/", {"about": "x"}),
        client.post(f"/admin/audit/entry/{entry.pk}/delete/", {"post": "yes"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    client.post("/admin/audit/entry/", form)
    assert Entry.objects.filter(pk=entry.pk, about="").exists()


def test_an_entry_outlives_the_account_it_names(client_of, entry: Entry, lea: User):
    lea_was = lea.pk
    lea.delete()
    assert told(log(What.DELETED)[0])[1] == lea_was
    page = client_of(make_user("Ada", is_staff=True, is_superuser=True)).get("/admin/audit/entry/")
    assert page.status_code == 200
    assert Entry.objects.get(pk=entry.pk).person_id == entry.person_id


# --- From where -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_a_network_is_kept_and_no_machine(address: str, network: str):
    assert shortened(address) == network


# --- What is told ---------------------------------------------------------------------------------


def sign_in(password: str = PASSWORD, address: str = "lea@example.com") -> Client:
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post("/accounts/login/", {"login": address, "password": password})
    return client


def test_signing_in_is_told(lea: User):
    sign_in()
    assert [told(entry) for entry in log(What.SIGNED_IN)] == [
        (lea.pk, lea.pk, "user logged in", "203.0.113.0/24")
    ]


def test_a_wrong_password_is_told_once_the_limit_is_reached_and_only_once(lea: User):
    for _number in range(9):
        sign_in("wrong")
    assert [told(entry) for entry in log(What.SHUT_OUT)] == [(None, lea.pk, "", "203.0.113.0/24")]
    assert log(What.SIGNED_IN) == []


def test_an_address_that_nobody_has_is_not_written_down(db: None):
    for _number in range(9):
        sign_in("wrong", "nobody@example.com")
    assert [told(entry) for entry in log(What.SHUT_OUT)] == [(None, None, "", "203.0.113.0/24")]


def test_a_new_password_is_told(lea: User):
    client = sign_in()
    form = {"oldpassword": PASSWORD, "password1": "another-long-secret"}
    form["password2"] = form["password1"]
    client.post("/accounts/password/change/", form)
    assert [entry.about for entry in log(What.PASSWORD)] == ["password changed"]


def test_a_new_address_is_told_without_the_address(lea: User):
    EmailAddress.objects.create(user=lea, email=lea.email, primary=True, verified=True)
    client = sign_in()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "lea.new@example.com"})
    assert [told(entry)[:3] for entry in log(What.ADDRESS)] == [(lea.pk, lea.pk, "email added")]
    assert "lea.new" not in str(list(Entry.objects.values()))


def test_an_export_and_an_end_are_told(proven_client_of, lea: User):
    client = proven_client_of(lea)
    client.get("/accounts/export/")
    client.post("/accounts/erase/", {"password": PASSWORD})
    for what in (What.EXPORTED, What.ERASED):
        assert [told(entry)[:3] for entry in log(what)] == [(lea.pk, lea.pk, "")]


def test_an_end_by_the_operator_is_told(lea: User):
    call_command("erase_person", "lea@example.com", "--yes")
    [entry] = log(What.ERASED)
    assert told(entry) == (None, lea.pk, "manage.py erase_person", "")


def test_invitations_and_who_comes_by_them_are_told(
    client_of, cohort: Cohort, tom: User, eve: User
):
    teacher = client_of(tom)
    teacher.post("/cohorts/autumn/invitations/", {"role": "learner", "uses": 3})
    invitation = Invitation.objects.get()
    client_of(eve).post("/accounts/join/", {"code": invitation.code})
    teacher.post(f"/cohorts/autumn/invitations/{invitation.pk}/close/")
    assert [told(entry)[:3] for entry in log(What.INVITED)] == [
        (tom.pk, None, "autumn: learner, 3")
    ]
    assert told(log(What.JOINED)[0])[:3] == (eve.pk, eve.pk, "autumn: learner")
    assert [told(entry)[:3] for entry in log(What.REVOKED)] == [(tom.pk, None, "autumn: learner")]


def test_roles_and_departures_are_told(cohort: Cohort, lea: User):
    membership = Membership.objects.get(user=lea)
    membership.role = Role.INSTRUCTOR
    membership.save()
    membership.save()
    membership.delete()
    assert [entry.about for entry in log(What.ROLE)] == ["autumn: learner → instructor"]
    assert [entry.about for entry in log(What.LEFT)] == ["autumn: instructor"]


def test_what_an_administrator_changes_is_told_by_field(client_of, lea: User):
    ada = make_user("Ada", is_staff=True, is_superuser=True)
    client = client_of(ada)
    page = client.get(f"/admin/accounts/user/{lea.pk}/change/").content.decode()
    form = dict(re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page))
    form |= {"email": lea.email, "name": "Lea Learner", "is_active": "on", "is_staff": "on"}
    answer = client.post(f"/admin/accounts/user/{lea.pk}/change/", form)
    assert answer.status_code == 302
    [entry] = log(What.ADMINISTERED)
    assert told(entry)[:2] == (ada.pk, lea.pk)
    assert "Staff status" in entry.about
    assert "Lea" not in entry.about


def test_a_log_without_a_message_is_told_all_the_same(lea: User):
    kind = ContentType.objects.get_for_model(Cohort)
    LogEntry.objects.create(
        user=lea, content_type=kind, object_id="7", action_flag=CHANGE, change_message="by hand"
    )
    assert [entry.about for entry in log(What.ADMINISTERED)] == ["cohorts.cohort 7 changed"]
