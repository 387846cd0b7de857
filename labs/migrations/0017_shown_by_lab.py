from django.db import migrations, models

from lessons.indexing import AddLargeIndex


class Migration(migrations.Migration):
    """Who was shown the change, or the model answer, lab by lab."""

    atomic = False
    dependencies = [("labs", "0016_best_of_an_effort")]

    operations = [
        AddLargeIndex(
            "submission",
            models.Index(
                fields=["lab", "user"],
                condition=models.Q(change_shown_at__isnull=False),
                name="changes_shown",
            ),
        ),
        AddLargeIndex(
            "submission",
            models.Index(
                fields=["lab", "user"],
                condition=models.Q(solution_shown_at__isnull=False),
                name="solutions_shown",
            ),
        ),
    ]
