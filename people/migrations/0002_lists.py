"""Topics of work named by п. 3.5, categories of mentees (п. 2.1, 3.5), days off (ТК 112): lists that the school edits.

The days of Kalmykia follow the lunar calendar and are set each year by the republic; days that the Government moves
in 2027 are to be added when its decree is out.
"""
from datetime import date

from django.db import migrations

TOPICS = (
    "Предметное содержание",
    "Методика обучения и преподавания",
    "Воспитательная деятельность",
    "Организация урочной деятельности",
    "Организация внеурочной деятельности",
    "Психолого-педагогическое сопровождение",
    "Работа концертмейстера",
    "Подготовка к конкурсам и концертам",
    "Цифровые инструменты преподавателя",
    "Документы и планирование",
)
CATEGORIES = (
    "Молодой или начинающий специалист",
    "Педагог после длительного перерыва",
    "Педагог, меняющий предмет или должность",
    "Педагог, который испытывает затруднения и хочет их снять",
    "Педагог, который осваивает новые технологии",
    "Студент педагогической специальности",
)

NEW_YEAR = "Новогодние каникулы"
HOLIDAYS = (
    *((1, day, NEW_YEAR) for day in (1, 2, 3, 4, 5, 6, 8)),
    (1, 7, "Рождество Христово"),
    (2, 23, "День защитника Отечества"),
    (3, 8, "Международный женский день"),
    (5, 1, "Праздник Весны и Труда"),
    (5, 9, "День Победы"),
    (6, 12, "День России"),
    (11, 4, "День народного единства"),
)
MOVED = (  # 2026: decree of the Government of 24.09.2025 and ТК 112; 2027: only what ТК 112 itself moves
    (date(2026, 1, 9), "Выходной, перенесённый с 3 января"),
    (date(2026, 3, 9), "Выходной, перенесённый с 8 марта"),
    (date(2026, 5, 11), "Выходной, перенесённый с 9 мая"),
    (date(2026, 12, 31), "Выходной, перенесённый с 4 января"),
    (date(2027, 5, 3), "Выходной, перенесённый с 1 мая"),
    (date(2027, 5, 10), "Выходной, перенесённый с 9 мая"),
    (date(2027, 6, 14), "Выходной, перенесённый с 12 июня"),
)
REGIONAL = (
    (date(2026, 2, 18), "Цаган Сар"),
    (date(2026, 5, 31), "День рождения Будды Шакьямуни"),
    (date(2026, 12, 4), "Зул"),
    (date(2027, 2, 7), "Цаган Сар"),
    (date(2027, 6, 18), "День рождения Будды Шакьямуни"),
    (date(2027, 12, 23), "Зул"),
)


def plant(apps, schema_editor):
    """Add what is not there yet: a school may have made such an entry itself."""
    for model, names in (("Topic", TOPICS), ("MenteeCategory", CATEGORIES)):
        for name in names:
            apps.get_model("people", model).objects.get_or_create(name=name)
    days = [(date(year, month, day), name, "federal") for year in (2026, 2027) for month, day, name in HOLIDAYS]
    days += [(day, name, "moved") for day, name in MOVED] + [(day, name, "regional") for day, name in REGIONAL]
    for day, name, kind in days:
        apps.get_model("people", "DayOff").objects.get_or_create(date=day, defaults={"name": name, "kind": kind})


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop, elidable=False)]
