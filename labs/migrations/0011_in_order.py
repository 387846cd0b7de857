from django.db import migrations, models

from lessons.indexing import AddLargeIndex, RemoveLargeIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("labs", "0010_indexes_once")]

    operations = [
        AddLargeIndex(
            "submission", models.Index(fields=["user", "id"], name="answers_in_order")
        ),
        AddLargeIndex(
            "submission",
            models.Index(
                fields=["finished_at"],
                condition=models.Q(state="faulted", unreadable__isnull=True),
                name="answers_not_checked",
            ),
        ),
        RemoveLargeIndex("submission", "submissions_faulted"),
    ]
