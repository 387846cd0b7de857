"""Braces that the shell leaves as they are, as in `Create={RegionName=eu-west-1}`.

Rule: GNU Bash manual, *Brace Expansion*: expanded is what has an unquoted comma or a sequence
(`1..3`) between unquoted braces; anything else is left unchanged. Two dots that are no sequence are
taken for one here: bash itself is not sure of them.
"""

from __future__ import annotations

import re

INSIDE = re.compile(  # a run of letters, what is quoted, a variable
    r"""[^\s'"\\$`|&;<>(){},“”„‘’]+
      | '[^']*' | "(?:[^"\\$`]|\\.)*" | \\[^\n]
      | \$\{\w+\} | \$(?![({])""",
    re.X | re.S,
)


def plain_braces(text: str, at: int) -> frozenset[int]:
    """Where the brace at `at` stands, those within it and the one that closes it; nothing where the
    shell would expand one of them, or where the word ends before."""
    start, depth, found = at, 0, set[int]()
    while inside := INSIDE.match(text, at) or is_brace(text, at):
        if isinstance(inside, re.Match):
            at = inside.end()
            continue
        depth += 1 if text[at] == "{" else -1
        found.add(at)
        at += 1
        if not depth:
            return frozenset() if ".." in text[start:at] else frozenset(found)
    return frozenset()


def is_brace(text: str, at: int) -> bool:
    return text[at : at + 1] in ("{", "}")
