"""What counts as a word, in a text and in a question, and which words are forms of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

LENGTH = 200  # characters of a question that are looked at
WORDS = 10
WORD_LENGTH = 60

TOKEN = re.compile(r"[^\W_]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
POSSESSIVE = re.compile(r"['’]s\b")
# Too common to tell pages apart; a question may be asked in a sentence.
COMMON = """
a an and are as at be between by can do does for from get have how i in is it many much my of on or
should that the this to versus vs was we what when where which who why will with you your
"""
STOP_WORDS = frozenset(COMMON.split())


def plain_form(text: str) -> str:
    """Every letter one character: what `TOKEN` looks at."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=20_000)
def fold(token: str) -> str:
    """Without case and accents."""
    if token.isascii():
        return token.lower()
    letters = unicodedata.normalize("NFKD", token)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


def words_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each word of a text in order, and what it is put together of: ("getobject", ("get",
    "object"))."""
    for token in TOKEN.findall(plain_form(text)):
        yield fold(token), humps(token)


def humps(token: str) -> tuple[str, ...]:
    parts = HUMP.split(token)
    return tuple(map(fold, parts)) if len(parts) > 1 else ()


def words_of(question: str) -> list[str]:
    """Of what somebody typed, without the commonest ones."""
    text = POSSESSIVE.sub("", plain_form(question[:LENGTH]))
    words = (fold(token)[:WORD_LENGTH] for token in TOKEN.findall(text))
    return [one for one in words if one and one not in STOP_WORDS][:WORDS]


SHORT = 4  # letters that a word keeps
VOWEL = re.compile("[aeiouy]")
ENDINGS = ("ations", "ation", "ings", "ing", "ities", "ity", "ions", "ion", "ers", "er", "ed")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Roughly what all forms of a word begin with: "polic" of "policy" and "policies". Names with
    digits have no forms."""
    if len(word) < SHORT or not word.isalpha():
        return word
    shorter = without_ending(singular(word))
    return shorter[:-1] if len(shorter) >= SHORT and shorter[-1] in "eyi" else shorter


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-2]
    if word.endswith(("ss", "us", "is")):
        return word
    return word.removesuffix("s")


def without_ending(word: str) -> str:
    for ending in ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORT - 1 and VOWEL.search(rest):
            doubled = len(rest) > SHORT and rest[-1] == rest[-2] and rest[-1] not in "lsz"
            return rest[:-1] if doubled else rest
    return word


def pairs(words: Sequence[str]) -> list[str]:
    return [f"{stem(one)}_{stem(other)}" for one, other in pairwise(words)]
