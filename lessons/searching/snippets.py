"""The place of a text that has most of what was looked for, with the words marked."""

from __future__ import annotations

from collections.abc import Callable

from lessons.searching.words import TOKEN, fold, plain_form

WIDTH = 28  # words that are shown
BEFORE = 6  # of them, before the first that is marked
MOST = 20_000  # characters that are looked at
MARKED = 300  # words between which the best place is chosen

Snippet = tuple[tuple[str, bool], ...]  # text, and whether it is a match


def snippet(text: str, marks: Callable[[str], bool]) -> Snippet:
    text = plain_form(text)
    words = list(TOKEN.finditer(text[:MOST]))
    folded = [fold(word[0]) for word in words]
    looked_for = {word for word in set(folded) if marks(word)}
    marked = [(place, word) for place, word in enumerate(folded) if word in looked_for]
    first = max(0, min(richest(marked) - BEFORE, len(words) - WIDTH))
    shown = words[first : first + WIDTH]
    if not shown:
        return ()
    begin = shown[0].start() if first else 0
    end = shown[-1].end() if first + WIDTH < len(words) else len(text)
    hits = [word.span() for word in shown if fold(word[0]) in looked_for]
    return tuple(one for one in pieces(text, begin, end, hits) if one[0])


def richest(marked: list[tuple[int, str]]) -> int:
    """Where the most different ones stand near each other."""
    best, most = 0, 0
    marked = marked[:MARKED]
    for place, _word in marked:
        near = {word for other, word in marked if 0 <= other - place < WIDTH - BEFORE}
        if len(near) > most:
            best, most = place, len(near)
    return best


def pieces(text: str, begin: int, end: int, hits: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    at = begin
    for start, stop in hits:
        found += [(one_line(text[at:start]), False), (text[start:stop], True)]
        at = stop
    found.append((one_line(text[at:end]), False))
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return [(before, False), *found, (after, False)]


def one_line(text: str) -> str:
    return text.replace("\n", " · ")
