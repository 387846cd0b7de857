"""Pages; `portal.front` puts them behind an event loop."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

from labs.grading.kinds import KINDS
from portal.operations import telemetry

gc.disable()  # until all is loaded, see portal/apps.py
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
telemetry.start()  # before the application is made: what it is made of is what is watched
application = get_wsgi_application()
KINDS.load()
gc.freeze()
