"""Pages and live events in one process, for the laptop; production runs the pages under WSGI."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

from labs.live import with_events
from portal.body_limit import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# WhiteNoise answers with a plain iterator; a laptop's static files are small enough for that.
warnings.filterwarnings(
    "ignore", message="StreamingHttpResponse must consume synchronous iterators"
)
application = with_events(limited(get_asgi_application()))  # type: ignore[arg-type]
