"""A version runs on the database of the next one (portal/OPERATING.md): while an upgrade is under
way the old one goes on answering, and writes rows that know nothing of new columns."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

PROJECT = {"labs", "lessons", "portal"}
OURS = {one.label for one in apps.get_app_configs() if one.name.partition(".")[0] in PROJECT}
# From before this rule; an upgrade over one of them stops the old version first.
BREAKING = {
    ("lessons", "0002_section_plain"),
    ("labs", "0004_packed_reports"),
    ("labs", "0003_after_the_verdict"),
}
LOADER = MigrationLoader(None)
LATER = sorted(
    key for key in LOADER.disk_migrations if key[0] in OURS and not key[1].startswith("0001_")
)
TAKING = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
)


def contracts(operation: object) -> bool:
    """Whether a version that knows nothing of it would fail."""
    if isinstance(operation, TAKING):
        return True
    if not isinstance(operation, migrations.AddField):
        return False
    field = operation.field
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def test_there_are_migrations_to_look_at() -> None:
    assert len(LATER) > 5
    assert set(LATER) >= BREAKING


@pytest.mark.parametrize("key", LATER, ids="-".join)
def test_the_version_before_goes_on_working(key: tuple[str, str]) -> None:
    operations = LOADER.disk_migrations[key].operations
    assert any(map(contracts, operations)) == (key in BREAKING)
