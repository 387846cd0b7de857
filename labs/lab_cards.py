"""Labs and capstones as lists show them. The card of a lab that somebody has not begun is the same
for all of them, and kept; a reader's own cards are put in between, so that a list costs little more
with many labs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from labs.lab_state import UNTOUCHED, LabProgress
from labs.models import Lab
from labs.own_capstones import OwnCapstone
from labs.shelves import Shelf
from lessons.templatetags.pieces import kept, once

Cards = dict[int, SafeString]  # by the lab's key


def cards_of(shelf: Shelf, progress: Mapping[int, LabProgress]) -> Cards:
    labs = shelf.by_key
    return new_cards(shelf) | {
        key: card(labs[key], progress[key]) for key in progress & labs.keys()
    }


@once
def new_cards(shelf: Shelf) -> Cards:
    return {lab.pk: card(lab, UNTOUCHED) for lab in shelf.labs}


def card(lab: Lab, progress: LabProgress, level: int = 4) -> SafeString:
    """As an item of a list; `level` is that of its heading."""
    facts = {"state": progress.state, "percent": progress.percent}
    return in_list(kept("labs/_lab_card.html", lab=lab, level=level, **facts))


def in_list(*cards: SafeString) -> SafeString:
    return format_html_join("", "<li>{}</li>", [(one,) for one in cards])


def capstone_cards(shelf: Shelf, progress: Mapping[int, LabProgress]) -> SafeString:
    """One after another."""
    if not any(lab.pk in progress for one in shelf.capstones.values() for lab in one.labs):
        return new_capstones(shelf)
    return own_capstones(shelf, progress)


@once
def new_capstones(shelf: Shelf) -> SafeString:
    return own_capstones(shelf, {})


def own_capstones(shelf: Shelf, progress: Mapping[int, LabProgress]) -> SafeString:
    owns = [OwnCapstone.of(one, progress) for one in shelf.capstones.values()]
    cards = [
        kept("labs/_capstone_card.html", capstone=one.capstone, score=one.score) for one in owns
    ]
    return in_list(*cards)
