"""Holidays of the region become a list; Kalmykia has five, and one on a weekend moves (156-III-З)."""

from datetime import date

from django.db import migrations, models
from django.db.models import Q

KALMYKIA = "Республика Калмыкия"
BUDDHA = "День рождения Будды Шакьямуни"
STEPPE = "День принятия Степного Уложения"
MEMORY = "День памяти жертв депортации калмыцкого народа"
HOLIDAYS = (("Цаган Сар", None), (BUDDHA, None), (STEPPE, (7, 5)), ("Зул", None), (MEMORY, (12, 28)))
MOVED = ", перенесённый выходной"
DAYS = (
    (date(2026, 6, 1), BUDDHA + MOVED),
    (date(2026, 7, 5), STEPPE),
    (date(2026, 7, 6), STEPPE + MOVED),
    (date(2026, 12, 28), MEMORY),
    (date(2027, 7, 5), STEPPE),
    (date(2027, 12, 28), MEMORY),
)
UNCONFIRMED = ((date(2027, 2, 7), "Цаган Сар"), (date(2027, 6, 18), BUDDHA), (date(2027, 12, 23), "Зул"))
"""Days of 2027 that were planted before the Head of the Republic has set them: they are asked for in January."""


def plant(apps, schema_editor):
    """Plant the five holidays; their days only where the school is, or may be, of Kalmykia."""
    holidays, days = apps.get_model("people", "RegionalDay").objects, apps.get_model("people", "DayOff").objects
    for name, every in HOLIDAYS:
        month, day = every or (None, None)
        holidays.get_or_create(region=KALMYKIA, name=name, defaults={"month": month, "day": day})
    school = apps.get_model("people", "School").objects.first()
    if school is not None and school.region != KALMYKIA:
        return
    for day, name in DAYS:
        days.get_or_create(date=day, defaults={"name": name, "kind": "regional"})
    for day, name in UNCONFIRMED:
        days.filter(date=day, name=name, kind="regional").delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0012_school_region")]

    operations = [
        migrations.CreateModel(
            name="RegionalDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(max_length=60, verbose_name="регион")),
                ("name", models.CharField(max_length=120, verbose_name="название")),
                ("month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="месяц")),
                ("day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="число")),
            ],
            options={
                "verbose_name": "праздник региона",
                "verbose_name_plural": "праздники регионов",
                "ordering": ["month", "day", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["region", "name"],
                        name="regional_day_once",
                        violation_error_message="Этот праздник уже есть",
                    ),
                    models.CheckConstraint(
                        condition=Q(month__isnull=True, day__isnull=True)
                        | Q(month__range=(1, 12), day__range=(1, 31), month__isnull=False, day__isnull=False),
                        name="regional_day_paired",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="dayoff",
            name="kind",
            field=models.CharField(
                choices=[
                    ("federal", "праздник России"),
                    ("regional", "праздник региона"),
                    ("moved", "перенесённый выходной"),
                    ("working", "рабочая суббота или воскресенье"),
                ],
                max_length=8,
                verbose_name="что это за день",
            ),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
