"""Pages and live events in one process; what the web server of every installation runs."""

from __future__ import annotations

import os

from labs.live import with_events
from portal.front import front
from portal.supervisor import end_with_parent
from portal.wsgi import application as pages

if os.environ.get("SUPERVISED"):
    end_with_parent()

application = with_events(front(pages))
