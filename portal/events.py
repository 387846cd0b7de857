"""Live events alone, beside pages under WSGI: `granian --interface asgi
portal.events:application`."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from labs.live import events as application

__all__ = ["application"]
