from django.db import migrations, models

from lessons.indexing import AddLargeIndex, RemoveLargeIndex


class Migration(migrations.Migration):
    """Also those that an instructor took back."""

    atomic = False
    dependencies = [("labs", "0012_overrides")]

    operations = [
        AddLargeIndex(
            "grade",
            models.Index(
                fields=["made_by"], condition=~models.Q(made_by="task"), name="grades_by_hand"
            ),
        ),
        RemoveLargeIndex("grade", "grades_of_instructors"),
    ]
