"""What a browser calls itself, in three words that people recognise."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

# The first that fits: each of them also names those after it.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def browser_of(request: HttpRequest) -> str:
    said = request.headers.get("User-Agent", "")
    browser = first_in(said, BROWSERS)
    system = first_in(said, SYSTEMS)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def first_in(said: str, names: dict[str, str]) -> str:
    return next((name for sign, name in names.items() if sign in said), "")
