import django.db.models.deletion
from django.db import migrations, models

from lessons.indexing import AddLargeIndex, DropColumnIndex


class Migration(migrations.Migration):
    """The latest of a small cohort lie far apart."""

    atomic = False
    dependencies = [("audit", "0004_found_by_kind_and_network"), ("cohorts", "0001_initial")]

    operations = [
        AddLargeIndex("entry", models.Index(fields=["cohort", "-id"], name="entries_of_a_cohort")),
        DropColumnIndex(
            "entry",
            "cohort",
            models.ForeignKey(
                "cohorts.cohort",
                verbose_name="cohort",
                on_delete=django.db.models.deletion.DO_NOTHING,
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                related_name="+",
            ),
        ),
    ]
