"""ТК 193 in the legal base: the demand of an explanation of a disciplinary case cites it."""

from django.db import migrations

NUMBER, ABOUT = "193", "порядок применения дисциплинарных взысканий"


def plant(apps, schema_editor):
    """Add the article after ТК 191, unless the school has written it down itself."""
    act = apps.get_model("roadmap", "LegalAct").objects.filter(code="labour_code").first()
    if act is None or not act.articles or any(row["number"] == NUMBER for row in act.articles):
        return
    at = next((n for n, row in enumerate(act.articles, 1) if row["number"] == "191"), len(act.articles))
    act.articles.insert(at, {"number": NUMBER, "about": ABOUT, "since": None, "ends_on": None})
    act.save(update_fields=["articles"])


def remove(apps, schema_editor):
    """Take the article away as it was added."""
    act = apps.get_model("roadmap", "LegalAct").objects.filter(code="labour_code").first()
    if act is not None:
        act.articles = [row for row in act.articles if (row["number"], row["about"]) != (NUMBER, ABOUT)]
        act.save(update_fields=["articles"])


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0008_meetings_of_bodies")]

    operations = [migrations.RunPython(plant, remove)]
