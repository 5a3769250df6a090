"""Every meeting is of a recorded body: apart from the rows of 0007, as PostgreSQL asks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0007_bodies_and_meetings")]

    operations = [
        migrations.AlterField(
            model_name="minutes",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="roadmap.body",
                verbose_name="орган",
            ),
        ),
    ]
