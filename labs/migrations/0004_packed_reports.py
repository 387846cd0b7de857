from django.db import migrations, models

import labs.packed


class Migration(migrations.Migration):
    """Reports are packed from now on. Rows that are there keep theirs until `manage.py pack_reports`, so that this
    takes no longer with a million of them: a column is renamed, and an empty one added."""

    dependencies = [("labs", "0003_after_the_verdict")]

    operations = [
        migrations.RenameField("grade", "report", "unpacked_report"),
        # Only Django gives the default: the column stays as it is.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "grade", "unpacked_report", models.JSONField(default=dict, editable=False)
                )
            ]
        ),
        migrations.AddField("grade", "report", labs.packed.PackedJSONField(null=True)),
    ]
