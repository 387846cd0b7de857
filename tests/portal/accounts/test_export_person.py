"""`manage.py export_person`: what somebody has here, for whoever asks on paper."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import Entry, What


def test_the_person_s_data_are_printed_and_that_is_written_down(lea, capsys):
    call_command("export_person", lea.email.upper())
    assert json.loads(capsys.readouterr().out)["account"]["name"] == lea.name
    assert Entry.objects.filter(what=What.EXPORTED, person_id=lea.pk).count() == 1


def test_nobody_has_that_address(db):
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("export_person", "nobody@example.org")
