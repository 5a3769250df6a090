"""Letters with one-time links are rendered when they are sent; the text of letters that have left goes."""

from django.db import migrations, models
from django.utils import timezone

WITH_LINKS = ["invitation", "password_reset"]


def delete_texts(apps, schema_editor):
    """A letter with a live link that has not left yet is given up: its link would stay readable here."""
    letters = apps.get_model("mentoring_site", "OutboxMail").objects
    waiting = letters.filter(sent_at=None, failed_at=None, template__in=WITH_LINKS)
    waiting.update(failed_at=timezone.now(), last_error="Письмо не ушло до обновления программы: выдайте новое")
    letters.exclude(sent_at=None, failed_at=None).update(text="")


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring_site', '0003_replaced_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxmail',
            name='about',
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name='о чём'),
        ),
        migrations.AlterField(
            model_name='outboxmail',
            name='subject',
            field=models.CharField(blank=True, max_length=300, verbose_name='тема'),
        ),
        migrations.AlterField(
            model_name='outboxmail',
            name='text',
            field=models.TextField(blank=True, verbose_name='текст'),
        ),
        migrations.RunPython(delete_texts, migrations.RunPython.noop),
    ]
