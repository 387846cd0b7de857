from django.db import migrations, models

from lessons.indexing import AddLargeIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_looks")]

    operations = [
        AddLargeIndex("entry", models.Index(fields=["what", "-id"], name="entries_of_a_kind")),
        AddLargeIndex(
            "entry", models.Index(fields=["network", "-id"], name="entries_from_a_network")
        ),
    ]
