"""Which characters of a person's name show nothing, so that a name could be nobody's or look like
another's."""

from __future__ import annotations

import re
import unicodedata

# Categories whose characters show nothing: controls, what joins or turns, halves, nobody's
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
# What shows nothing although it counts as a letter, a mark or a sign
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
JOINERS = "\u200c\u200d"  # Persian, Hindi and others are written with them


def has_hidden(name: str) -> bool:
    return visible(name) != name


def visible(name: str) -> str:
    """Without what shows nothing."""
    around = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return "".join(three[1] for three in around if not is_hidden(*three))


def is_hidden(before: str, one: str, after: str) -> bool:
    if one in JOINERS:
        return kind(before) not in "LM" or kind(after) != "L"
    return unicodedata.category(one) in HIDDEN or bool(BLANK.match(one))


def kind(one: str) -> str:
    """L: a letter, M: a mark on one."""
    return unicodedata.category(one)[0]
