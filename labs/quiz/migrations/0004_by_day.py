from django.db import migrations, models

from lessons.indexing import AddLargeIndex, RemoveLargeIndex


class Migration(migrations.Migration):
    """The new one first: pages need one or the other all the time."""

    atomic = False
    dependencies = [("quiz", "0003_practice")]

    operations = [
        AddLargeIndex(
            "quizanswer",
            models.Index(
                fields=["user", "answered_at", "in_review", "withdrawn_at"],
                condition=models.Q(withdrawn_at=None),
                name="quiz_answers_by_day",
            ),
        ),
        RemoveLargeIndex("quizanswer", "reviews_of_a_learner"),
        AddLargeIndex(
            "practiceanswer",
            models.Index(fields=["user", "answered_at"], name="practice_by_day"),
        ),
    ]
