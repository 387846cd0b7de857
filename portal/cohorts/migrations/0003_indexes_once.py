import django.db.models.deletion
from django.db import migrations, models

from lessons.indexing import AddLargeIndex, DropColumnIndex


class Migration(migrations.Migration):
    """The constraint's index begins with the cohort; teachers are few among members."""

    atomic = False
    dependencies = [("cohorts", "0002_courses")]

    operations = [
        DropColumnIndex(
            "membership",
            "cohort",
            models.ForeignKey(
                "cohorts.cohort",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                db_index=False,
            ),
        ),
        AddLargeIndex(
            "membership",
            models.Index(
                fields=["role"],
                condition=models.Q(role__in=["assistant", "instructor"]),
                name="memberships_that_teach",
            ),
        ),
    ]
