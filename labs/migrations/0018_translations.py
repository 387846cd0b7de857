
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("labs", "0017_shown_by_lab")]

    operations = [
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("objectives", models.JSONField(default=list)),
                ("variants", models.JSONField(default=dict)),
                ("made_of", models.CharField(max_length=64)),
                ("is_behind", models.BooleanField()),
                ("lab", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="labs.lab")),
            ],
            options={
                "verbose_name": "translation",
                "verbose_name_plural": "translations",
                "constraints": [models.UniqueConstraint(fields=("lab", "language"), name="one_translation_of_a_lab_per_language")],
            },
        ),
    ]
