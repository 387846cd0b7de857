from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0010_letters_of_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='labels',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='labels'),
        ),
    ]
