"""Pages of the admin that stay as quick with a million rows as with ten.

A list counts no further than anybody turns pages, sorts only by what an index sorts, and looks for
people before it looks for their rows: joined, the database would have to guess how many there are.
A deletion tells how many rows go with it, instead of each by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db import router
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

MOST_COUNTED = 10_000
MOST_PEOPLE = 200  # of whom one search shows rows
TOO_MANY = _(
    "More people have such a name. Here is what belongs to %(number)d of them; add a word."
)


class FirstPages(Paginator):
    """A million rows are not counted to show the latest hundred; filters reach the others."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_COUNTED].count())


class LongListAdmin(admin.ModelAdmin):
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count all rows for each choice of each filter
    paginator = FirstPages
    sortable_by: ClassVar[Any] = ()  # columns that an index sorts

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """PostgreSQL fails to look for a NUL, and no filter of ours has one."""
        if "%00" in request.META["QUERY_STRING"]:
            return redirect(request.path)
        return super().changelist_view(request, extra_context)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What Django's own finds, without a look at each row that goes too."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        numbers = Counter(
            {model._meta.verbose_name_plural: len(rows) for model, rows in found_in(collector)}
        )
        forbidden = {
            model._meta.verbose_name
            for model, _rows in found_in(collector)
            if not may_delete(self.admin_site, model, request)
        }
        return [named(one) for one in objs], dict(numbers), forbidden, kept_by(collector.protected)


def found_in(collector: Any) -> Iterable[tuple[Any, Any]]:
    models: dict[Any, Any] = collector.model_objs
    return models.items()


def may_delete(site: admin.AdminSite, model: type[Model], request: HttpRequest) -> bool:
    """What no page of the admin shows goes with what it belongs to."""
    return not site.is_registered(model) or site._registry[model].has_delete_permission(request)


def kept_by(rows: Iterable[Model]) -> list[str]:
    """The rows that a deletion must not take away, by kind."""
    numbers = Counter(capfirst(type(row)._meta.verbose_name_plural) for row in rows)
    return [f"{name}: {number}" for name, number in numbers.items()]


def named(row: Model) -> str:
    return f"{capfirst(row._meta.verbose_name)}: {row}"


class FoundByPerson(LongListAdmin):
    """Whose search finds the rows of people, by the words of their names and addresses."""

    search_fields: ClassVar[Any] = ["user"]  # the columns that name somebody
    search_help_text: ClassVar[Any] = _(
        "A person: type how words of the name or the address begin."
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        people: Any = get_user_model()._default_manager
        keys = list(people.matching(text).values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(keys) > MOST_PEOPLE:
            self.message_user(request, TOO_MANY % {"number": MOST_PEOPLE}, messages.WARNING)
        return queryset.filter(self.found_by(text, keys[:MOST_PEOPLE])), False

    def found_by(self, text: str, people: list[Any]) -> Q:
        found = Q(pk__in=[])
        for field in self.search_fields:
            found |= Q(**{f"{field}__in": people})
        return found
