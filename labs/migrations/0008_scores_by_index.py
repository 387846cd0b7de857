from django.db import migrations, models

from lessons.indexing import AddLargeIndex, RemoveLargeIndex


class Migration(migrations.Migration):
    """The new one first: pages need one or the other all the time."""

    atomic = False
    dependencies = [("labs", "0007_chores")]

    operations = [
        AddLargeIndex(
            "submission",
            models.Index(
                fields=["user", "lab", "-created_at", "state", "grade"], name="answers_of_a_learner"
            ),
        ),
        RemoveLargeIndex("submission", "submissions_of_a_learner"),
        AddLargeIndex(
            "grade",
            models.Index(fields=["id", "passed", "points", "max_points"], name="scores_of_grades"),
        ),
    ]
