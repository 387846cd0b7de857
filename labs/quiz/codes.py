"""The misconceptions that a question can show, by the codes of labs' findings."""

from __future__ import annotations

from collections.abc import Iterator


def codes_in(value: object) -> Iterator[str]:
    """Wherever a table has `code`, or `codes` by what was chosen."""
    match value:
        case {"code": str(code)}:
            yield code
        case {"codes": dict(codes)}:
            yield from map(str, codes.values())
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from codes_in(one)
