"""`python -m tests.e2e.changed_lab [back]`: brings the catalog into a portal's database with a
changed “deny-wins”, which asks no more that the policy holds for everybody; or as it is."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from labs.sync import plan_labs  # noqa: E402

SLUG = "deny-wins"
BETWEEN = "[[spec.scenarios]]"
NOT_ASKED = "Somebody else of the team"


def changed_catalog(parent: Path) -> Path:
    catalog = shutil.copytree(settings.CATALOG_DIR, parent / "catalog")
    lab = catalog / SLUG / "lab.toml"
    scenarios = lab.read_text().split(BETWEEN)
    lab.write_text(BETWEEN.join(one for one in scenarios if NOT_ASKED not in one))
    shutil.copy(catalog / SLUG / "wrong/deny-for-one-user.json", catalog / SLUG / "solution.json")
    return catalog


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        is_back = "back" in sys.argv
        catalog = settings.CATALOG_DIR if is_back else changed_catalog(Path(folder))
        for plan in plan_labs(catalog):
            print("\n".join(plan.lines()))
            plan.apply()


main()
