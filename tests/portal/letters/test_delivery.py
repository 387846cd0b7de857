"""Letters go out once, later where they cannot, and together where they belong together."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from labs.cleaning import clean_for, is_cleaning_due
from labs.models import Chore
from portal.letters import models
from portal.letters.delivery import deliver, deliver_some
from portal.letters.models import MOST_TRIES, Letter
from tests.portal.test_doctor import cure_of

pytestmark = pytest.mark.django_db


def write(address: str = "lea@example.com", **fields) -> Letter:
    return Letter.objects.create(
        **{"address": address, "subject": "Hello", "text": "You."} | fields
    )


def test_a_letter_is_sent_once_and_is_gone():
    write()
    deliver()
    deliver()
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["lea@example.com"], "Hello", "You.\n")
    assert not Letter.objects.exists()


def test_what_is_due_later_waits():
    write(due_at=timezone.now() + timedelta(hours=1))
    deliver()
    assert mail.outbox == []


def test_two_who_deliver_at_once_send_one_mail():
    letter = write()
    same = Letter.objects.get()
    assert (letter.claim(), same.claim()) == (True, False)


def test_what_another_holds_is_in_no_digest_of_mine():
    held, mine = write(digest="news", text="Held."), write(digest="news", text="Mine.")
    assert held.claim()
    assert mine.claim()
    assert mine.with_its_digest() == [mine]


def test_who_died_over_a_letter_is_replaced_after_a_while(monkeypatch):
    write().claim()
    deliver()
    assert mail.outbox == []
    Letter.objects.update(due_at=timezone.now())
    deliver()
    assert len(mail.outbox) == 1


def test_a_digest_is_one_mail_for_each_person():
    write(digest="news", text="One.")
    write(digest="news", text="Two.")
    write("mia@example.com", digest="news", text="For Mia.")
    write(text="Another matter.")
    deliver()
    bodies = sorted(sent.body for sent in mail.outbox)
    assert bodies == ["Another matter.\n", "For Mia.\n", "One.\n\n———\n\nTwo.\n"]
    assert [sent.subject for sent in mail.outbox if "Two" in sent.body] == ["Hello (+1)"]
    assert not Letter.objects.exists()


def test_what_can_still_be_taken_back_is_in_no_mail_of_what_is_due():
    write(digest="news", text="One.")
    later = write(digest="news", text="Two.", due_at=timezone.now() + timedelta(minutes=1))
    deliver()
    assert [sent.body for sent in mail.outbox] == ["One.\n"]
    assert list(Letter.objects.all()) == [later]


class Away(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("away")


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"lea@example.com": (550, b"nobody")})


def test_a_mail_server_that_is_away_delays_letters_and_loses_none(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    write()
    deliver()
    letter = Letter.objects.get()
    assert letter.tries == 1
    assert timezone.now() + timedelta(minutes=1) < letter.due_at
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Letter.objects.update(due_at=timezone.now())
    deliver()
    assert len(mail.outbox) == 1


def test_an_address_that_takes_no_mail_is_not_tried_again(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    write()
    deliver()
    assert not Letter.objects.exists()


def test_what_was_given_up_is_said_by_the_doctor_and_sent_by_hand(monkeypatch, capsys):
    monkeypatch.setattr("portal.doctor.is_answering", lambda url: True)
    monkeypatch.setattr("portal.doctor.sources", list)
    write(tries=MOST_TRIES)
    deliver()
    assert mail.outbox == []
    assert "send_letters" in cure_of("Mails that could not be sent: 1.")
    call_command("send_letters")
    assert capsys.readouterr().out == "1 sent, 0 wait.\n"
    assert len(mail.outbox) == 1


def test_the_sweeper_sends_what_nobody_rang_for():
    clean_for(60)
    assert not is_cleaning_due()
    write()
    Chore.objects.filter(name="letters").update(due_at=timezone.now())
    assert is_cleaning_due()
    clean_for(60)
    assert len(mail.outbox) == 1
    assert Chore.objects.get(name="letters").due_at < timezone.now() + timedelta(minutes=2)


def test_writing_rings_once_what_is_told_of_is_written(
    monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(models.bell, "attempt", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        Letter.objects.post([Letter(address="a@example.com", subject="s", text="t")] * 1)
        assert rung == []
    assert len(rung) == 1


def test_a_thousand_letters_are_tried_twenty_at_a_time():
    Letter.objects.bulk_create(
        Letter(address=f"{one}@example.com", subject="s", text="t") for one in range(45)
    )
    assert [deliver_some() for _ in range(4)] == [20, 20, 5, 0]
    assert len({sent.to[0] for sent in mail.outbox}) == 45
