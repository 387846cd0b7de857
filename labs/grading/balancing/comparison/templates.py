"""The addresses that redirects are made of: when do two of them come out equal?

Each part of an address is a template with `#{host}`, `#{path}` or `#{query}` in it. Two different
ones can come out equal: for one text only where one of them is constant, and that text is looked at
by itself; or where both shift the same text to another place, which is looked at for one text that
shows the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labs.grading.balancing.routing.request import Pairs, query_text
from labs.grading.balancing.rules.rule import HOST, PATH, QUERY, Redirect, Rule, Value

KEYWORDS = {HOST: "#{host}", PATH: "#{path}", QUERY: "#{query}"}
SPECIAL = str.maketrans({"*": r"\*", "?": r"\?", "\\": r"\\"})
LONGEST = 128


@dataclass(frozen=True, slots=True)
class Templates:
    """The different ones of each part."""

    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    queries: tuple[str, ...]

    @classmethod
    def among(cls, rules: Sequence[Rule]) -> Templates:
        found = [rule.action for rule in rules if isinstance(rule.action, Redirect)]
        return cls(
            several(one.host for one in found),
            several(one.path for one in found),
            several(one.query for one in found),
        )

    def of(self, kind: str) -> tuple[str, ...]:
        return {HOST: self.hosts, PATH: self.paths, QUERY: self.queries}[kind]

    def exactly(self, kind: str) -> list[Value]:
        """The texts for which a template comes out as a constant one of the others."""
        all_of_them, keyword = self.of(kind), KEYWORDS[kind]
        found = [
            solved(template, constant, keyword)
            for template in all_of_them
            if keyword in template
            for constant in all_of_them
            if keyword not in constant
        ]
        texts = [one if kind == HOST else f"/{one}" for one in found if one is not None]
        return [Value(text.translate(SPECIAL)) for text in dict.fromkeys(texts) if text]

    def alike(self, kind: str, text: str) -> tuple[int, ...]:
        """Of each template the first that comes out as it does, for this text."""
        part = text[1:] if kind == PATH else text
        made = [template.replace(KEYWORDS[kind], part) for template in self.of(kind)]
        return tuple(made.index(one) for one in made)

    def unlike(self, pairs: Pairs, more: Pairs) -> Pairs:
        """The pairs with so many more behind them that no two queries come out equal, if that can
        be: longer than every constant they are unlike all of them."""
        longer = pairs
        for _turn in range(LONGEST):
            longer = (*longer, *more)
            if len(set(self.alike(QUERY, query_text(longer)))) == len(self.queries):
                break
        return longer


def several(texts: Iterable[str]) -> tuple[str, ...]:
    """Nothing where there are no two to tell apart."""
    found = tuple(dict.fromkeys(texts))
    return found if len(found) > 1 else ()


def solved(template: str, constant: str, keyword: str) -> str | None:
    """The text that makes the template the constant."""
    before, _keyword, after = template.partition(keyword)
    if keyword in after:
        return next((one for one in middles(template, constant, keyword)), None)
    if len(before) + len(after) > len(constant):
        return None
    if not constant.startswith(before) or not constant.endswith(after):
        return None
    return constant[len(before) : len(constant) - len(after)]


def middles(template: str, constant: str, keyword: str) -> Iterable[str]:
    """The same where the keyword stands there several times: its length follows."""
    times = template.count(keyword)
    rest = len(template) - times * len(keyword)
    length, over = divmod(len(constant) - rest, times)
    start = template.index(keyword)
    text = constant[start : start + length]
    if length >= 0 and not over and template.replace(keyword, text) == constant:
        yield text
