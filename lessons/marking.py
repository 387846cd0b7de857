"""Terms of the glossary in the HTML of a lesson: the first use of each becomes a button that shows
what it means, by the browser's own popovers, so that no script is needed.

Done when a page is rendered, after cleaning: nothing that an author writes is such a button.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from lessons.glossary import TermSource, other_names

PIECES = re.compile(r"(<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>)", re.S)
OPENING = re.compile(r"<([a-z][a-z0-9]*)\b")
# Where a word is a name, an address or somebody's own words, or can be pressed already
QUIET = {"a", "button", "code", "figure", "kbd", "pre", "q", "samp", "summary", "svg", "th"}
QUIET |= {f"h{level}" for level in range(1, 7)}
QUIET_CLASS = re.compile(r' class="(?:[a-z-]+-title|background-mark|source|screenshot|try)"')
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Glossary:
    """A course's terms and where they lead."""

    terms: tuple[TermSource, ...] = ()
    address: str = ""  # of the glossary's page
    homes: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # section → address, title

    def pattern(self) -> re.Pattern[str]:
        """The longest form first: an IAM role is no role of IAM."""
        forms = sorted({form for term in self.terms for form in term.forms}, key=len, reverse=True)
        if not forms:
            return NEVER
        words = "|".join(map(form_pattern, forms))
        # Not in `Node.js` nor in the name of a host
        return re.compile(rf"(?<![\w-])(?<!\w\.)(?:{words})(?![\w-]|\.\w)")

    def by_form(self) -> dict[str, TermSource]:
        return {form: term for term in self.terms for form in term.forms}


def form_pattern(form: str) -> str:
    words = r"\s+".join(map(re.escape, form.split()))
    return f"{f'(?i:{words})' if form.islower() else words}(?:es|s)?"


NO_GLOSSARY = Glossary()


class Marker:
    """Goes through the sections of one lesson in their order."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.pattern, self.by_form = glossary.pattern(), glossary.by_form()
        self.used: dict[str, TermSource] = {}
        self.known: set[str] = set()  # marked before, or taught

    def mark(self, html: str, section: str) -> str:
        self.known |= {term.slug for term in self.glossary.terms if term.section == section}
        pieces = PIECES.split(html)
        quiet: list[str] = []
        for number, piece in enumerate(pieces):
            if number % 2:
                follow(piece, quiet)
            elif not quiet:
                pieces[number] = self.pattern.sub(lambda found: self.button(found, section), piece)
        return "".join(pieces)

    def button(self, found: re.Match[str], section: str) -> str:
        term = self.term_of(" ".join(found[0].split()))
        if term is None or term.slug in self.known or section in term.not_in:
            return found[0]
        self.known.add(term.slug)
        self.used[term.slug] = term
        return (
            f'<button type="button" class="term" popovertarget="{box_id(term)}">{found[0]}</button>'
        )

    def term_of(self, words: str) -> TermSource | None:
        for ending in ("", "s", "es"):
            if words.endswith(ending):
                form = words.removesuffix(ending)
                if term := self.by_form.get(form) or self.by_form.get(form.lower()):
                    return term
        return None

    def boxes(self) -> str:
        """What the buttons show."""
        return "\n".join(map(self.box, self.used.values()))

    def box(self, term: TermSource) -> str:
        address, title = self.glossary.homes[term.section]
        names = ", ".join(other_names(term.name, term.also))
        also = f" <span>{escape(names)}</span>" if names else ""
        # It takes the keyboard when it opens, so that it is read out, and gives it back
        return (
            f'<div popover id="{box_id(term)}" class="term-box" role="dialog" tabindex="-1" '
            f'autofocus aria-label="{escape(term.name)}">'
            f"<p><strong>{escape(term.name)}</strong>{also}</p><p>{escape(term.text)}</p>"
            f'<p class="small">Explained in <a href="{address}">{escape(title)}</a> · '
            f'<a href="{self.glossary.address}#{term.slug}">Glossary</a></p></div>'
        )


def box_id(term: TermSource) -> str:
    """A colon is in no heading's address."""
    return f"term:{term.slug}"


def follow(tag: str, quiet: list[str]) -> None:
    """`quiet` are the open elements in which nothing is marked."""
    opened = OPENING.match(tag)
    if opened and (opened[1] in (*QUIET, *quiet[-1:]) or QUIET_CLASS.search(tag)):
        quiet.append(opened[1])
    elif quiet and tag == f"</{quiet[-1]}>":
        quiet.pop()
