import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from portal.accounts.sessions import SessionStore, columns_of

AT_ONCE = 500


def bring_over(apps, schema_editor):
    """Nobody is signed out by an update."""
    Before, Session = apps.get_model("sessions", "Session"), apps.get_model("accounts", "Session")
    people = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    store, rows = SessionStore(), []
    for before in Before.objects.filter(expire_date__gt=timezone.now()).iterator(AT_ONCE):
        columns = columns_of(store.decode(before.session_data))
        if columns["user_id"] in people | {None}:
            kept = {"session_key": before.session_key, "session_data": before.session_data}
            rows.append(Session(**kept, expire_date=before.expire_date, **columns))
    Session.objects.bulk_create(rows, AT_ONCE)
    Before.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_attempts'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('browser', models.CharField(blank=True, max_length=40)),
                ('since', models.DateField(null=True)),
                ('seen', models.DateField(null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.RunPython(bring_over, migrations.RunPython.noop),
    ]
