from django.db import migrations


def count_one(apps, schema_editor):
    """Each that was sent had a letter at least; how many were sent again nobody knows."""
    sent = apps.get_model("cohorts", "Invitation").objects.filter(sent_at__isnull=False, letters=0)
    sent.update(letters=1)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0009_letters_counted")]

    operations = [migrations.RunPython(count_one, migrations.RunPython.noop)]
