"""What makes the portal installable, and visited lessons readable without a network.
Nothing is queued."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

SHELL = [
    "css/portal.css",
    "css/reading.css",
    "fonts/figtree.woff2",
    "js/theme.js",
    "js/portal.js",
    "img/mark.svg",
    "img/icons.svg",
    "django_htmx/htmx-2.min.js",
]
# After a POST to one of these, somebody else may sit before the browser.
CHANGING_HANDS = ["account_logout", "account_login", "account_signup", "admin:logout"]
ICONS = [("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any maskable")]


@login_not_required
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker rules only over paths below its own."""
    context = {
        "version": getattr(staticfiles_storage, "manifest_hash", "") or "unhashed",
        "offline_url": reverse("offline"),
        "shell": json.dumps([reverse("offline"), *map(static, SHELL)]),
        "lessons_path": "/learn/",
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "sign_in_path": reverse("account_login"),
        "changing_hands": json.dumps([reverse(name) for name in CHANGING_HANDS]),
    }
    return render(request, "portal/sw.js", context, content_type="text/javascript")


@login_not_required
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    described = {
        "name": _("Learning portal"),
        "short_name": _("Portal"),
        "description": _("Lessons to read, labs to do, and answers judged by what they do."),
        "id": "/",
        "start_url": reverse("day"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fcfbf9",
        "theme_color": "#1f55c4",
        "icons": [
            {"src": static(path), "sizes": size, "type": "image/png", "purpose": use}
            for path, size, use in ICONS
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker at its installation and shown in the place of a page that cannot
    be reached."""
    return render(request, "portal/offline.html")


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"), permanent=False)
