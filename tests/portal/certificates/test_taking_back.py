"""What becomes of a certificate: withdrawn by its owner, revoked and made valid again by others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from lessons.models import Course
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry, What
from portal.certificates.models import Certificate
from portal.certificates.own_views import PER_MINUTE
from portal.cohorts.models import Cohort, Role
from portal.letters.delivery import deliver
from tests.portal.certificates.earning import FORM, LIST, ROOM, make_one, master, text_of


@pytest.fixture
def one(client_of, lea: User, course: Course) -> Certificate:
    master(lea, course)
    return make_one(client_of(lea), "Lea <b>Quibble</b>")


def test_its_owner_withdraws_it_and_makes_another_one_elsewhere(
    client_of, lea: User, one: Certificate
) -> None:
    client_of(lea).post(f"{one.get_absolute_url()}withdraw/")
    page = text_of(Client(), one.get_absolute_url())
    assert "is revoked" in page
    assert "Quibble" not in page
    assert make_one(client_of(lea)).token != one.token


def test_the_name_goes_with_what_is_withdrawn_from_instructors_and_from_the_table(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    client_of(lea).post(f"{one.get_absolute_url()}withdraw/")
    assert Certificate.objects.get().name == ""
    assert "Quibble" not in text_of(client_of(tom), ROOM)


def test_the_name_goes_also_from_one_that_was_revoked_and_who_did_that_stays(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "The answers were Mia's."})
    away = f"{one.get_absolute_url()}withdraw/"
    assert f'action="{away}"' in text_of(client_of(lea), LIST)
    page = client_of(lea).post(away, follow=True).content.decode()
    assert "Your name is taken off." in page
    assert "withdrawn" not in page
    assert f'action="{away}"' not in page
    row = Certificate.objects.get()
    assert (row.name, row.revoked_by, row.reason) == ("", tom, "The answers were Mia's.")
    assert not row.restore(tom)
    assert "Quibble" not in text_of(client_of(tom), ROOM)
    assert "Your name is taken off." not in client_of(lea).post(away, follow=True).content.decode()
    client_of(lea).post(FORM, {"name": "Lea"})
    assert not Certificate.objects.valid().exists()


def test_of_what_was_withdrawn_the_list_shows_the_newest(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    made = [one]
    for _time in range(2):
        client_of(lea).post(f"{made[-1].get_absolute_url()}withdraw/")
        made.append(make_one(client_of(lea)))
    client_of(tom).post(f"{ROOM}{made[-1].pk}/revoke/", {"reason": "x"})
    page = text_of(client_of(lea), LIST)
    assert [row.get_absolute_url() in page for row in made] == [False, True, True]


def test_certificates_are_made_and_withdrawn_so_often_in_a_minute(
    client_of, lea: User, one: Certificate
) -> None:
    away = f"{one.get_absolute_url()}withdraw/"
    told = [client_of(lea).post(away).status_code for _time in range(PER_MINUTE)]
    assert told == [302] * (PER_MINUTE - 1) + [429]
    assert client_of(lea).post(FORM, {"name": "Lea"}).status_code == 429
    assert not Certificate.objects.valid().exists()


def test_withdrawn_twice_it_is_said_and_noted_once(client_of, lea: User, one: Certificate) -> None:
    away = f"{one.get_absolute_url()}withdraw/"
    pages = [client_of(lea).post(away, follow=True).content.decode() for _twice in range(2)]
    assert ["It is withdrawn: its page says so" in page for page in pages] == [True, False]
    assert Entry.objects.filter(what=What.CERTIFICATE, about__endswith="withdrawn").count() == 1


def test_withdrawing_never_leaves_a_name_behind(
    lea: User, one: Certificate, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert one.withdraw()
    row = Certificate.objects.get()
    assert (row.name, row.is_withdrawn) == ("", True)


def test_nobody_withdraws_another_ones(client_of, mia: User, tom: User, one: Certificate) -> None:
    answers = [client_of(user).post(f"{one.get_absolute_url()}withdraw/") for user in (mia, tom)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Certificate.objects.valid().exists()


def test_an_instructor_revokes_and_the_learner_is_told_why(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    assert "Lea &lt;b&gt;Quibble&lt;/b&gt;" in text_of(client_of(tom), ROOM)
    assert client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": ""}).status_code == 200
    for _twice in range(2):
        client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "The answers were Mia's."})
    page = text_of(Client(), one.get_absolute_url())
    assert "is revoked" in page
    assert "Mia" not in page
    assert "Quibble" not in page
    assert "The answers were Mia&#x27;s." in text_of(client_of(lea), LIST)
    deliver()
    [letter] = mail.outbox
    assert letter.to == ["lea@example.com"]
    assert "/certificates/" in letter.body
    assert "Mia" not in letter.body
    assert Entry.objects.filter(what=What.CERTIFICATE, actor=tom.pk).count() == 1


def test_what_was_revoked_is_not_made_anew_until_an_instructor_allows_it(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "A mistake."})
    assert "A mistake." in text_of(client_of(lea), FORM)
    client_of(lea).post(FORM, {"name": "Lea"})
    assert not Certificate.objects.valid().exists()
    client_of(tom).post(f"{ROOM}{one.pk}/restore/")
    assert "Quibble" in text_of(Client(), one.get_absolute_url())


def test_nobody_makes_valid_what_its_owner_withdrew(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    client_of(lea).post(f"{one.get_absolute_url()}withdraw/")
    client_of(tom).post(f"{ROOM}{one.pk}/restore/")
    assert not Certificate.objects.valid().exists()


def test_a_cohort_with_certificates_is_archived_and_not_deleted(
    proven_client_of, client_of, ada: User, tom: User, cohort: Cohort, one: Certificate
) -> None:
    address = f"/admin/cohorts/cohort/{cohort.pk}/delete/"
    assert "Certificates: 1" in text_of(proven_client_of(ada), address)
    proven_client_of(ada).post(address, {"post": "yes"})
    with pytest.raises(ProtectedError):
        cohort.delete()
    Cohort.objects.filter(pk=cohort.pk).update(archived_at=timezone.now())
    client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "x"})
    row = Certificate.objects.get()
    assert (row.cohort, row.is_valid) == (cohort, False)


def test_nobody_decides_about_their_own(
    client_of, lea: User, tom: User, cohort: Cohort, one: Certificate
) -> None:
    cohort.memberships.filter(user=lea).update(role=Role.INSTRUCTOR)
    room = text_of(client_of(lea), ROOM)
    assert "Quibble" in room
    assert f"{ROOM}{one.pk}/revoke/" not in room
    answer = client_of(lea).post(f"{ROOM}{one.pk}/revoke/", {"reason": "x"})
    assert (answer.status_code, Certificate.objects.get().is_valid) == (404, True)
    client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "x"})
    assert f"{ROOM}{one.pk}/restore/" not in text_of(client_of(lea), ROOM)
    answer = client_of(lea).post(f"{ROOM}{one.pk}/restore/")
    assert (answer.status_code, Certificate.objects.get().is_valid) == (404, False)


def test_what_an_administrator_revoked_only_an_administrator_makes_valid(
    client_of, proven_client_of, tom: User, ada: User, one: Certificate
) -> None:
    proven_client_of(ada).post(f"{ROOM}{one.pk}/revoke/", {"reason": "x"})
    assert f"{ROOM}{one.pk}/restore/" not in text_of(client_of(tom), ROOM)
    page = client_of(tom).post(f"{ROOM}{one.pk}/restore/", follow=True).content.decode()
    assert "An administrator revoked it" in page
    assert not Certificate.objects.get().is_valid
    assert f"{ROOM}{one.pk}/restore/" in text_of(proven_client_of(ada), ROOM)
    proven_client_of(ada).post(f"{ROOM}{one.pk}/restore/")
    assert Certificate.objects.get().is_valid


def test_beside_another_valid_one_it_stays_revoked_and_says_why(
    client_of, tom: User, one: Certificate
) -> None:
    one.revoke(tom)
    copied = ("user_id", "course_id", "cohort_id", "name", "title", "lessons", "labs")
    Certificate.objects.create(**{name: getattr(one, name) for name in copied})
    page = client_of(tom).post(f"{ROOM}{one.pk}/restore/", follow=True).content.decode()
    assert "the learner has another valid one" in page
    assert Certificate.objects.valid().count() == 1


def test_who_revokes_what_is_revoked_already_is_not_told_that_it_was_done(
    client_of, tom: User, one: Certificate
) -> None:
    address = f"{ROOM}{one.pk}/revoke/"
    pages = [
        client_of(tom).post(address, {"reason": "x"}, follow=True).content.decode()
        for _twice in range(2)
    ]
    assert ["the learner is told" in page for page in pages] == [True, False]


def test_assistants_see_and_do_not_revoke_and_others_see_nothing(
    client_of, amy: User, ida: User, one: Certificate
) -> None:
    assert "Quibble" in text_of(client_of(amy), ROOM)
    told = [client_of(user).post(f"{ROOM}{one.pk}/revoke/", {"reason": "x"}) for user in (amy, ida)]
    assert [answer.status_code for answer in told] == [404, 404]
    assert client_of(ida).get(ROOM).status_code == 404
    assert Certificate.objects.valid().exists()


def test_another_cohorts_certificate_is_not_revoked_from_here(
    client_of, tom: User, one: Certificate, other_cohort: Cohort
) -> None:
    Certificate.objects.update(cohort=other_cohort)
    answer = client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "x"})
    assert answer.status_code == 404


def test_who_is_erased_has_no_certificate_any_more(
    client_of, lea: User, tom: User, one: Certificate
) -> None:
    assert [row["name"] for row in data_of(lea)["certificates"]] == [one.name]
    erase(lea)
    assert "is revoked" in text_of(Client(), one.get_absolute_url())
    client_of(tom).post(f"{ROOM}{one.pk}/restore/")
    row = Certificate.objects.get()
    assert (row.name, row.is_valid) == ("", False)


def test_what_an_erased_instructor_wrote_goes_and_it_stays_revoked(
    client_of, tom: User, one: Certificate
) -> None:
    client_of(tom).post(f"{ROOM}{one.pk}/revoke/", {"reason": "I am Tom."})
    erase(tom)
    row = Certificate.objects.get()
    assert (row.reason, row.revoked_by, row.is_valid) == ("", None, False)
    assert Certificate.objects.taken_away(row.user_id, row.course_id).get() == row
