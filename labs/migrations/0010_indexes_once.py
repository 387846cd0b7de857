import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lessons.indexing import AddLargeIndex, DropColumnIndex


def learner(name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=name,
        db_index=False,
    )


class Migration(migrations.Migration):
    """Others that begin with the same column are there already."""

    atomic = False
    dependencies = [
        ("labs", "0009_turns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        DropColumnIndex("submission", "user", learner("submissions")),
        DropColumnIndex("draft", "user", learner("drafts")),
        DropColumnIndex("kepttext", "user", learner("kept_texts")),
        DropColumnIndex(
            "variant",
            "lab",
            models.ForeignKey(
                "labs.lab",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="variants",
                db_index=False,
            ),
        ),
        AddLargeIndex(
            "grade",
            models.Index(
                fields=["made_by"],
                condition=models.Q(made_by="instructor"),
                name="grades_of_instructors",
            ),
        ),
    ]
