"""Topics of work named by п. 3.5 and categories of mentees (п. 2.1, 3.5): the school edits both lists."""
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


def plant(apps, schema_editor):
    """Add what is not there yet: a school may have made such an entry itself."""
    for model, names in (("Topic", TOPICS), ("MenteeCategory", CATEGORIES)):
        for name in names:
            apps.get_model("people", model).objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop, elidable=False)]
