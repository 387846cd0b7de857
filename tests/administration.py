"""The pages of Django's admin, as addresses: every one that is registered, and all that its list
offers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

import portal.urls
from portal.accounts.models import User

assert portal.urls.admin  # importing it registers what there is
ADMINS = {model._meta.label: one for model, one in admin.site._registry.items()}


def lists(one: admin.ModelAdmin, user: User, *, words: Sequence[str]) -> dict[str, str]:
    """By name, as `user` sees it: a query for the list itself, for a search for each of `words`,
    and for each sorting and filter. Of a filter's choices the first and the last one."""
    request = RequestFactory().get("/")
    request.user = user
    page = one.get_changelist_instance(request)
    found = {"list": "?"} | {f"search {text}": f"?{urlencode({'q': text})}" for text in words}
    for name in page.sortable_by:
        if name in page.list_display:
            found[f"sorted by {name}"] = f"?o=-{page.list_display.index(name)}"
    for spec in page.filter_specs:
        choices = list(spec.choices(page))
        for name, choice in (("first", choices[1]), ("last", choices[-1])):
            found[f"{name} {spec.title}"] = choice["query_string"]
    return found


def address(one: admin.ModelAdmin, page: str, *arguments: object) -> str:
    names = f"admin:{one.opts.app_label}_{one.opts.model_name}_{page}"
    return reverse(names, args=arguments)
