from django.db import migrations, models

from lessons.search_index import build, drop


class Migration(migrations.Migration):
    """What a section says, as read, and the index that search looks into. The next sync fills the column."""

    dependencies = [("lessons", "0001_initial")]

    operations = [
        migrations.AddField("section", "plain", models.TextField(blank=True, default="")),
        migrations.RunPython(build, drop),
    ]
