from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0012_lines_of_help'),
    ]

    operations = [
        migrations.AddField(
            model_name='cohort',
            name='counts',
            field=models.CharField(choices=[('click', 'A press on “Mark as completed”'), ('checked', 'Its questions: 80 % right, at the first try or when they come back'), ('mastered', 'Its questions, and all of its labs passed')], db_default='click', default='click', max_length=12, verbose_name='what completes a lesson'),
        ),
    ]
