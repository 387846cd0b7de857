"""Pages and live events in one process; what the web server of every installation runs."""

from __future__ import annotations

from labs.live import with_events
from portal.front import front
from portal.wsgi import application as pages

application = with_events(front(pages))
