"""Pages are assembled, not rendered: what is equal for all readers is made once and kept.

`{% piece "components/pager.html" next=following %}` is an include that sees only the values it is
given, so nothing of one reader can be kept for another. It is rendered once per process, language
and values. What belongs to the reader is left open by `{% hole "user.email" %}` (the CSRF token and
the nonce are so by themselves) and filled from the page's context each time, escaped as always.

`{% fixed %} … {% endfixed %}` is a piece in its place, which is given no value: words, and
addresses that are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, wraps
from typing import Any, NamedTuple, TypeVar, cast
from weakref import WeakSet

from django import template
from django.conf import settings
from django.core.signals import setting_changed
from django.db.models import Model
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Token,
    Variable,
    VariableDoesNotExist,
    render_value_in_context,
    token_kwargs,
)
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
MARK, KEY = "\0", "\1"  # no text of a template or of the database holds them
BY_THEMSELVES = {name: SafeString(f"{MARK}{name}{MARK}") for name in ("csrf_token", "csp_nonce")}
INSIDE = "inside_a_piece"
NOTHING = SafeString("")
Make = TypeVar("Make", bound=Callable[..., Any])


class PieceNode(Node):
    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression]) -> None:
        self.name = name
        self.values = values

    def render(self, context: template.Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        return filled(piece_of(self.name.resolve(context), values), context)


class FixedNode(Node):
    child_nodelists = ()  # a page's `extends` looks for no blocks in what is kept

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.cuts: dict[str, Cut] = {}
        fixed_nodes.add(self)

    def render(self, context: template.Context) -> SafeString:
        language = get_language()
        if language not in self.cuts or settings.DEBUG:
            self.cuts[language] = self.cut(context)
        return filled(self.cuts[language], context)

    def cut(self, context: template.Context) -> Cut:
        assert context.template is not None
        alone = template.Context(BY_THEMSELVES | {INSIDE: True})
        with alone.bind_template(context.template):
            return cut_at_holes(self.nodelist.render(alone))

    def cache_clear(self) -> None:
        self.cuts.clear()


fixed_nodes: WeakSet[FixedNode] = WeakSet()


class Same:
    """A value that equals nothing but itself. A row equals every row of its key, and would go on
    being shown after it was changed."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


class Hole(NamedTuple):
    path: str
    name: str
    variable: Variable
    key: str | None  # of what the variable is: a mapping then


Cut = tuple[tuple[SafeString, ...], tuple[Hole, ...]]


def piece_of(name: str, values: Mapping[str, Any]) -> Cut:
    """The texts of a piece, and the hole between each two of them."""
    # With their types: a text that is safe equals one that is to be escaped
    keys = tuple(
        (key, Same(value) if isinstance(value, Model) else value, type(value))
        for key, value in values.items()
    )
    make = cut.__wrapped__ if settings.DEBUG else cut
    return make(name, get_language(), keys)


@lru_cache(maxsize=2048)
def cut(name: str, language: str, keys: tuple[tuple[str, Any, type], ...]) -> Cut:
    values = {key: value.value if isinstance(value, Same) else value for key, value, _type in keys}
    return cut_at_holes(get_template(name).render(BY_THEMSELVES | values | {INSIDE: True}))


def cut_at_holes(html: str) -> Cut:
    parts = html.split(MARK)
    return tuple(map(SafeString, parts[::2])), tuple(map(hole_of, parts[1::2]))


def hole_of(path: str) -> Hole:
    name, divided, key = path.partition(KEY)
    return Hole(path, name, Variable(name), key if divided else None)


def kept(name: str, **values: object) -> SafeString:
    """A piece without holes."""
    (text,), _holes = piece_of(name, values)
    return text


def filled(piece: Cut, context: template.Context) -> SafeString:
    texts, holes = piece
    if not holes:
        return texts[0]
    parts: list[str] = [texts[0]]
    for filling, text in zip(fillings(holes, context), texts[1:], strict=True):
        parts += (filling, text)
    return mark_safe("".join(parts))  # noqa: S308 - each hole is escaped


def once(make: Make) -> Make:
    """What a function makes of an edition or a shelf for all its readers: kept in each language,
    as pieces are. Its arguments have no names, and are such as stay what they are: an edition,
    never a row, which equals every row of its key."""

    @lru_cache(maxsize=256)
    def made(_language: str, of: tuple[Any, ...]) -> Any:
        return make(*of)

    @wraps(make)
    def found(*of: Any) -> Any:
        return make(*of) if settings.DEBUG else made(get_language(), of)

    remembered.append(made)
    return cast(Make, found)


remembered: list[Any] = [cut]


def fillings(holes: tuple[Hole, ...], context: template.Context) -> Iterator[str]:
    if INSIDE in context:  # a piece of a piece: its reader is known later
        yield from (f"{MARK}{hole.path}{MARK}" for hole in holes)
        return
    values: dict[str, Any] = {}  # a tree has a hole of the same mapping for each lesson
    for _path, name, variable, key in holes:
        if name not in values:
            values[name] = value_of(variable, context)
        value = values[name]
        if key is not None:
            value = value.get(key, NOTHING) if value else NOTHING
        yield value if type(value) is SafeString else render_value_in_context(value, context)


def value_of(variable: Variable, context: template.Context) -> Any:
    try:
        return variable.resolve(context)
    except VariableDoesNotExist:
        return ""


@register.tag
def piece(parser: Parser, token: Token) -> PieceNode:
    _tag, name, *rest = token.split_contents()
    values = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError("piece takes a template and name=value pairs")
    return PieceNode(parser.compile_filter(name), values)


@register.tag
def fixed(parser: Parser, _token: Token) -> FixedNode:
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)


@register.simple_tag(takes_context=True)
def hole(context: template.Context, name: str, key: object = None) -> SafeString:
    """`{% hole "user.email" %}`, or an entry of a mapping: `{% hole "ticks" lesson.pk %}`."""
    if INSIDE not in context:
        raise template.TemplateSyntaxError(f"the hole {name} is in no piece")
    path = name if key is None else f"{name}{KEY}{key}"
    return mark_safe(f"{MARK}{path}{MARK}")  # noqa: S308


def forget(**_: object) -> None:
    for one in (*remembered, *fixed_nodes):
        one.cache_clear()


setting_changed.connect(forget)
