from datetime import UTC, datetime

from django.db import migrations

LAST = datetime(2100, 12, 31, 12, tzinfo=UTC)
BEYOND = datetime(2101, 1, 2, tzinfo=UTC)  # in every time zone


def bring_near(apps, schema_editor):
    """A mistyped year could be saved: the last that there are overflow when they are moved."""
    apps.get_model("cohorts", "DueDate").objects.filter(due_at__gt=BEYOND).update(due_at=LAST)
    apps.get_model("cohorts", "Extension").objects.filter(until__gt=BEYOND).update(until=LAST)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0007_dates_of_archived")]

    operations = [migrations.RunPython(bring_near, migrations.RunPython.noop)]
