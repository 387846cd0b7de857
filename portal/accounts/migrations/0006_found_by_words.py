from django.db import migrations, models

from lessons.indexing import AddLargeIndex
from portal.accounts.search_index import build, drop


class Migration(migrations.Migration):
    """What administrators look for among all people."""

    atomic = False
    dependencies = [("accounts", "0005_opens_cohorts")]

    operations = [
        AddLargeIndex(
            "user",
            models.Index(fields=["email"], condition=models.Q(is_staff=True), name="people_staff"),
        ),
        AddLargeIndex(
            "user",
            models.Index(fields=["email"], condition=models.Q(is_active=False), name="people_gone"),
        ),
        migrations.RunPython(build, drop),
    ]
