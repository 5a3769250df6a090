"""A category of mentees of п. 3.5: who has been given a new post, at any age."""
from django.db import migrations

NAME = "Назначен на новую должность"


def plant(apps, schema_editor):
    """Add it unless the school has made it itself."""
    apps.get_model("people", "MenteeCategory").objects.get_or_create(name=NAME)


class Migration(migrations.Migration):
    dependencies = [("people", "0018_help_terms")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop, elidable=False)]
