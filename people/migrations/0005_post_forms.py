from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0004_setup_open_until"),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='post_forms',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='исправленные формы должностей'),
        ),
        migrations.AddField(
            model_name='department',
            name='forms',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='исправленные формы названия'),
        ),
    ]
