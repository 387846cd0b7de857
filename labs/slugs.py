"""Names that stand in addresses."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
