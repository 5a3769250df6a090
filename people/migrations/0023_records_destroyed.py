"""Acts of destruction about records of the school, which name what is gone; the term of agreements with partners."""

import django.db.models.deletion
from django.db import migrations, models


def plant(apps, schema_editor):
    """Add the term of agreements with partners (Перечень № 236, ст. 11), unless the school has it."""
    model = apps.get_model("people", "RetentionTerm")
    last = model.objects.order_by("-position").values_list("position", flat=True).first()
    model.objects.get_or_create(
        code="partner_agreement",
        defaults={
            "documents": "Договоры и соглашения с партнёрами: после окончания",
            "kind": "years",
            "years": 5,
            "by_commission": True,
            "from_day": False,
            "article": "Перечень № 236, ст. 11",
            "note": "номер статьи проверьте",
            "position": (last or 0) + 1,
        },
    )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0022_kinds_of_organisations'),
    ]

    operations = [
        migrations.AddField(
            model_name='destruction',
            name='gone',
            field=models.JSONField(default=list, editable=False, verbose_name='записи и файлы, которых больше нет'),
        ),
        migrations.AlterField(
            model_name='destruction',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='people.person', verbose_name='чьи данные'),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
