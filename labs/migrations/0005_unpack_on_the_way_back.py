from django.db import migrations, transaction

AT_ONCE = 200


def unpack(apps, schema_editor):
    """Every report to where it stood, some hundred rows a transaction."""
    grades = apps.get_model("labs", "Grade").objects.using(schema_editor.connection.alias)
    packed, last = grades.filter(report__isnull=False).order_by("pk"), 0
    while rows := list(packed.filter(pk__gt=last).only("pk", "report")[:AT_ONCE]):
        with transaction.atomic(using=grades.db):
            for row in rows:
                grades.filter(pk=row.pk).update(unpacked_report=row.report, report=None)
        last = rows[-1].pk


class Migration(migrations.Migration):
    """Nothing on the way forward."""

    atomic = False
    dependencies = [("labs", "0004_packed_reports")]
    operations = [migrations.RunPython(migrations.RunPython.noop, unpack)]
