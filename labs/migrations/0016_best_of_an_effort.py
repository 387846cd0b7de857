from django.db import migrations, models


def count_anew(apps, schema_editor):
    """What was counted before did not note it: the workers begin again."""
    apps.get_model('labs', 'Chore').objects.filter(name='counting').update(mark=0)


class Migration(migrations.Migration):

    dependencies = [
        ('labs', '0015_efforts_and_mistakes'),
    ]

    operations = [
        migrations.AddField(
            model_name='effort',
            name='best',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
