import django.db.models.deletion
from django.db import migrations, models

from lessons.indexing import DropColumnIndex


class Migration(migrations.Migration):
    """The constraints' indexes begin with these columns."""

    atomic = False
    dependencies = [("cohorts", "0005_due_dates")]

    operations = [
        DropColumnIndex(
            "duedate",
            "cohort",
            models.ForeignKey(
                "cohorts.cohort",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="due_dates",
                db_index=False,
            ),
        ),
        DropColumnIndex(
            "extension",
            "due",
            models.ForeignKey(
                "cohorts.duedate",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extensions",
                db_index=False,
            ),
        ),
    ]
