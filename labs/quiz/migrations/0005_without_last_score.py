from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing reads what the last answer scored. The version before goes on writing it while an
    upgrade is under way, so the column stays, and has a default for the one that knows no column:
    a later version drops it."""

    dependencies = [("quiz", "0004_by_day")]

    operations = [
        migrations.AlterField(
            "quizcard", "last_score", models.FloatField(default=0, db_default=0.0)
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("quizcard", "last_score")]
        ),
    ]
