from django.db import migrations, models

from lessons.indexing import AddLargeIndex, RemoveLargeIndex


class Migration(migrations.Migration):
    """Code from before goes on handing in meanwhile: the new column has a default of its own."""

    atomic = False
    dependencies = [("labs", "0008_scores_by_index")]

    operations = [
        migrations.AddField(
            "submission", "crowd", models.PositiveBigIntegerField(db_default=0, default=0)
        ),
        AddLargeIndex(
            "submission",
            models.Index(fields=["state", "next_publish"], name="submissions_by_state"),
        ),
        RemoveLargeIndex("submission", "submissions_waiting"),
        AddLargeIndex(
            "submission", models.Index(fields=["crowd", "-claimed_at"], name="turns_of_a_crowd")
        ),
        AddLargeIndex(
            "submission", models.Index(fields=["user", "-claimed_at"], name="turns_of_a_learner")
        ),
    ]
