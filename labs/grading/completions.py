"""What the editor offers while one types: a kind says which words fit at which place.

The page asks for the words once, and once more for each *topic* that it meets: a topic is what
stands before a colon, as `fruit` in `fruit:apple`. Nothing of it decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

Word = tuple[str, str]  # the word, and what is said beside it
Words = Mapping[str, Sequence[Word]]  # lists by name


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in an answer and the names of the lists that fit there. The first slot that fits
    counts.

    `at`: a "key" or a "value" of JSON, or "text" of any other language. `path` is a regular
    expression (the same to Python and JavaScript) for the names of the properties around the place
    from the outermost, joined by "/": "Statement/Condition/Bool". `topics`: whose lists are
    asked for as well, that of the "word" being typed or those of the whole "text"; a word without
    a colon is completed from the list "topics". `quoted`: a value that JSON writes in quotes.
    `asked`: offered only to those who ask (Ctrl-Space).
    """

    at: Literal["key", "value", "text"]
    path: str
    lists: tuple[str, ...]
    topics: Literal["", "word", "text"] = ""
    quoted: bool = True
    asked: bool = False


@runtime_checkable
class Completer(Protocol):
    """A kind may have words of its own."""

    @property
    def SLOTS(self) -> tuple[Slot, ...]: ...

    # The lists of a topic; "": those that need none. An unknown topic has no lists.
    def words(self, topic: str) -> Words: ...
