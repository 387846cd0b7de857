"""Whoever changes a verdict says why, in the same field wherever that is."""

from __future__ import annotations

from typing import Any

import pytest

from portal.reasons import LONGEST_REASON
from portal.regrades.forms import ApplyForm, UndoForm
from portal.reviews.override_forms import OverrideForm, WithdrawForm


def fields() -> list[Any]:
    apply = ApplyForm(has_losses=True).fields["reason"]
    bases = (one.base_fields["reason"] for one in (UndoForm, OverrideForm, WithdrawForm))
    return [apply, *bases]


@pytest.mark.parametrize("number", range(4))
def test_a_reason_is_as_long_and_asked_for_in_the_same_words(number: int) -> None:
    field = fields()[number]
    assert (str(field.label), field.widget.attrs["rows"]) == ("Why", 3)
    assert field.clean(f" {'x' * LONGEST_REASON}\n") == "x" * LONGEST_REASON
    assert "learner" in str(field.help_text).lower()


def test_only_where_nobody_loses_anything_it_may_be_left_out() -> None:
    assert [field.required for field in fields()] == [False, True, True, True]
