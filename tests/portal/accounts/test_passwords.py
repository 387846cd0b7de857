"""Passwords that are none."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.management.commands.seed_demo import PASSWORD


@pytest.mark.parametrize("password", [PASSWORD, PASSWORD.upper(), "1234567890", "short"])
def test_what_everybody_can_read_or_guess_is_refused(password: str):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_sentence_of_one_s_own_is_a_password():
    validate_password("violet tram to the lake")
