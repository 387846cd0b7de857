"""The time zones that somebody can choose, by their part of the world."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)
OPTION = '<option value="{}">{}</option>'
Group = tuple[str, tuple[tuple[str, str], ...]]


def zones() -> list[tuple[str, str] | Group]:
    return [("", usual()), *areas()]


def usual() -> str:
    return _("As the portal: %(zone)s") % {"zone": settings.TIME_ZONE}


@lru_cache
def areas() -> tuple[Group, ...]:
    names = sorted(name for name in available_timezones() if area_of(name) in AREAS)
    return tuple((area, tuple(map(choice, some))) for area, some in groupby(names, key=area_of))


def area_of(name: str) -> str:
    return name.partition("/")[0]


def choice(name: str) -> tuple[str, str]:
    """America/Argentina/Salta is Argentina/Salta among those of America."""
    return name, name.partition("/")[2].replace("_", " ")


class ZoneSelect(forms.Select):
    """Some five hundred options: Django's own widget would take longer for them than all else of
    the page."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        first = format_html(OPTION, "", usual())
        here = format_html('value="{}"', value or "")
        options = f"{first}{options_of_areas()}".replace(here, f"{here} selected", 1)
        about = flatatt(self.build_attrs(self.attrs, (attrs or {}) | {"name": name}))
        return format_html("<select{}>{}</select>", about, mark_safe(options))  # noqa: S308


@lru_cache
def options_of_areas() -> SafeString:
    groups = ((area, format_html_join("", OPTION, some)) for area, some in areas())
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)
