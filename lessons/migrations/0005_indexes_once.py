import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lessons.indexing import DropColumnIndex


def of(model, name):
    return models.ForeignKey(
        model, on_delete=django.db.models.deletion.CASCADE, related_name=name, db_index=False
    )


class Migration(migrations.Migration):
    """Those of the constraints begin with the same column."""

    atomic = False
    dependencies = [
        ("lessons", "0004_rendered_hash"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        DropColumnIndex("completion", "user", of(settings.AUTH_USER_MODEL, "completions")),
        DropColumnIndex("place", "user", of(settings.AUTH_USER_MODEL, "places")),
        DropColumnIndex("module", "course", of("lessons.course", "modules")),
        DropColumnIndex("lesson", "course", of("lessons.course", "lessons")),
    ]
