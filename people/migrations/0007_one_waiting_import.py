"""One file waits once: of several uploads of it that wait to be written the one with most answers stays."""

from django.db import migrations, models
from django.db.models import Count


def keep_one(apps, schema_editor):
    waiting = apps.get_model("people", "StaffImport").objects.filter(committed_at=None)
    twice = waiting.order_by().values("sha256").annotate(n=Count("pk")).filter(n__gt=1).values_list("sha256", flat=True)
    for sha256 in list(twice):
        rows = sorted(waiting.filter(sha256=sha256), key=lambda row: (-len(row.answers), row.pk))
        waiting.filter(pk__in=[row.pk for row in rows[1:]]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_photos'),
    ]

    operations = [
        migrations.RunPython(keep_one, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='staffimport',
            constraint=models.UniqueConstraint(condition=models.Q(('committed_at__isnull', True)), fields=('sha256',), name='staff_import_waits_once'),
        ),
    ]
