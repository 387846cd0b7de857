import uuid

from django.db import migrations


def name_them(apps, schema_editor):
    """Archiving took the name away, and an archived cohort's grid forgot what had been late."""
    cohorts = apps.get_model("cohorts", "Cohort").objects
    nameless = cohorts.filter(due_dates__isnull=False, dates_edition="").distinct()
    for pk in nameless.values_list("pk", flat=True):
        cohorts.filter(pk=pk).update(dates_edition=uuid.uuid4().hex)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0006_due_dates_once")]

    operations = [migrations.RunPython(name_them, migrations.RunPython.noop)]
