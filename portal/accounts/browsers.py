"""What a browser calls itself, in two words that people recognise in any language."""

from __future__ import annotations

from django.http import HttpRequest

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
    """Empty where it says nothing we know."""
    said = request.headers.get("User-Agent", "")
    found = (first_in(said, BROWSERS), first_in(said, SYSTEMS))
    return " · ".join(word for word in found if word)


def first_in(said: str, names: dict[str, str]) -> str:
    return next((name for sign, name in names.items() if sign in said), "")
