"""What the tables of the frame say about people, who exist by now; simple signatures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('mentoring_site', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='act',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто'),
        ),
        migrations.AddField(
            model_name='act',
            name='object_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype', verbose_name='вид объекта'),
        ),
        migrations.AddField(
            model_name='hold',
            name='holder_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='вид держателя'),
        ),
        migrations.AddField(
            model_name='hold',
            name='object_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='вид объекта'),
        ),
        migrations.AddField(
            model_name='simplesignature',
            name='object_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype', verbose_name='вид объекта'),
        ),
        migrations.AddField(
            model_name='simplesignature',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='uploaded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто добавил'),
        ),
        migrations.AddIndex(
            model_name='act',
            index=models.Index(fields=['object_type', 'object_id', 'at'], name='mentoring_s_object__2ee125_idx'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(fields=['holder_type', 'holder_id'], name='hold_by_holder'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(fields=('object_type', 'object_id', 'holder_type', 'holder_id'), name='hold_once_by_holder'),
        ),
        migrations.AddIndex(
            model_name='simplesignature',
            index=models.Index(fields=['object_type', 'object_id', 'at'], name='signature_about'),
        ),
    ]
