from django.db import migrations, models

from portal.audit.models import What


class Migration(migrations.Migration):
    """Choices are no matter of the database: as they are now, so that the next needs no
    migration."""

    dependencies = [("audit", "0002_cohort")]

    operations = [
        migrations.AlterField(
            "entry",
            "what",
            models.CharField(
                choices=What.choices, editable=False, max_length=20, verbose_name="what"
            ),
        ),
    ]
