"""Pages → an index, as a text: who holds which word, and how much it says about them.

Each word stands there as it is written and, behind `~`, as all its forms together; of titles also
two words side by side. A weight grows with how often a page has the word, ever less, and most with
the word in a short title.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lessons.searching.words import STOP_WORDS, pairs, stem, words_in

FORMAT = 2  # of the text; another one is written anew by the next sync
MOST = 100_000  # characters of a page that are looked at
PART = 0.3  # of a word that stands in another: "role" in "PassRole"
OTHERWISE = 0.6  # of a word that could stand in the text as well
HALF = 1.2  # as many times brings half of what any number can bring
BODY = 2.2  # what any number of times in the text can bring, in weights of titles
SCALE = 100  # weights are whole numbers


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be found. `titles` are with how much each says about it: 4 for its own."""

    key: str
    titles: tuple[tuple[str, float], ...]
    text: str
    worth: float = 1
    called: tuple[str, ...] = ()  # words that say of all pages of its kind what they are


Groups = Sequence[Sequence[str]]  # of words that say the same, such as "vm" and "virtual machine"


def build(entries: Iterable[Entry], same: Groups = ()) -> str:
    pages, others = list(entries), other_words(same)
    bodies = [counted(page.text[:MOST], others, OTHERWISE) for page in pages]
    usual = sum(map(total, bodies)) / len(bodies) if bodies else 1
    lines: dict[str, list[str]] = defaultdict(list)
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True)):
        for word, weight in weights(page, body, usual or 1, others).items():
            lines[word] += [str(number), str(weight)]
    head = json.dumps([page.key for page in pages])
    return "\n".join([head, *(f"{word} {' '.join(lines[word])}" for word in sorted(lines))])


def weights(
    page: Entry, body: Counter[str], usual: float, others: Mapping[tuple[str, ...], Sequence[str]]
) -> dict[str, int]:
    found: Counter[str] = Counter()
    half = HALF * (0.4 + 0.6 * total(body) / usual)
    for word, times in body.items():
        found[word] = BODY * times / (times + half)  # type: ignore[assignment]
    for title, says in page.titles:
        words = counted(title, others)
        length = sum(word not in STOP_WORDS for word, _parts in words_in(title))
        for word, times in (words + pairs_in(title)).items():
            found[word] += says * times / math.sqrt(length or 1)  # type: ignore[assignment]
    whole = {word: max(1, round(SCALE * page.worth * weight)) for word, weight in found.items()}
    return whole | {key: SCALE for word in page.called for key in (word, f"~{stem(word)}")}


def pairs_in(title: str) -> Counter[str]:
    """Words that stand side by side, whatever their forms: "secur_group"."""
    return Counter(pairs([word for word, _parts in words_in(title) if word not in STOP_WORDS]))


def total(body: Counter[str]) -> float:
    return sum(times for word, times in body.items() if not word.startswith("~"))


def counted(
    text: str, others: Mapping[tuple[str, ...], Sequence[str]], otherwise: float = 1
) -> Counter[str]:
    """How often each word is there; one that is a part of another counts less, and so may one
    that only could stand there."""
    words = list(words_in(text))
    found: Counter[str] = Counter()
    for word, parts in words:
        note(found, word, 1)
        for part in parts:  # as they are written alone: "PassRole" is nothing that passed
            found[part] += PART  # type: ignore[assignment]
    for said in said_otherwise([stem(word) for word, _parts in words], others):
        note(found, said, otherwise)
    return found


def note(found: Counter[str], word: str, times: float) -> None:
    if word not in STOP_WORDS:
        found[word] += times  # type: ignore[assignment]
        found[f"~{stem(word)}"] += times  # type: ignore[assignment]


# --- Other words for the same ---------------------------------------------------------------------


def other_words(same: Groups) -> dict[tuple[str, ...], list[str]]:
    """Of each phrase of a group, by the stems of its words: the words of the group's others."""
    found: dict[tuple[str, ...], list[str]] = {}
    for group in same:
        phrases = [[word for word, _parts in words_in(phrase)] for phrase in group]
        for phrase in phrases:
            rest = dict.fromkeys(word for other in phrases if other != phrase for word in other)
            found[tuple(map(stem, phrase))] = [word for word in rest if word not in phrase]
    return found


def said_otherwise(
    stems: Sequence[str], others: Mapping[tuple[str, ...], Sequence[str]]
) -> Iterable[str]:
    """The words that could stand there as well."""
    for length in sorted({len(phrase) for phrase in others}):
        for place in range(len(stems) - length + 1):
            yield from others.get(tuple(stems[place : place + length]), ())
