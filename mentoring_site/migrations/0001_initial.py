"""Tables of the frame: the log of acts, the outbox, stored files, heartbeats."""

import django.utils.timezone
import mentoring_site.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField(verbose_name='номер объекта')),
                ('verb', models.CharField(max_length=60, verbose_name='действие')),
                ('words', models.CharField(max_length=300, verbose_name='словами')),
                ('source', models.CharField(blank=True, max_length=30, verbose_name='было')),
                ('target', models.CharField(blank=True, max_length=30, verbose_name='стало')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='когда')),
                ('facts', models.JSONField(default=dict, verbose_name='обстоятельства')),
            ],
            options={
                'verbose_name': 'запись журнала',
                'verbose_name_plural': 'журнал действий',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='часть')),
                ('at', models.DateTimeField(verbose_name='когда')),
                ('detail', models.CharField(blank=True, max_length=300, verbose_name='подробности')),
            ],
            options={
                'verbose_name': 'признак жизни',
                'verbose_name_plural': 'признаки жизни',
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField(verbose_name='номер объекта')),
                ('holder_id', models.PositiveBigIntegerField(verbose_name='номер держателя')),
                ('firm', models.BooleanField(default=False, verbose_name='держатель уже не правят')),
            ],
            options={
                'verbose_name': 'удержание',
                'verbose_name_plural': 'удержания',
            },
        ),
        migrations.CreateModel(
            name='OutboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=60, verbose_name='письмо')),
                ('to', models.EmailField(max_length=254, verbose_name='кому')),
                ('person_id', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='номер человека')),
                ('subject', models.CharField(max_length=300, verbose_name='тема')),
                ('text', models.TextField(verbose_name='текст')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='создано')),
                ('next_try_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='следующая попытка')),
                ('claimed_until', models.DateTimeField(blank=True, null=True, verbose_name='занято до')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='попыток')),
                ('sent_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='отправлено')),
                ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='оставлено')),
                ('last_error', models.CharField(blank=True, max_length=300, verbose_name='последняя ошибка')),
            ],
            options={
                'verbose_name': 'письмо',
                'verbose_name_plural': 'письма',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='SimpleSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField(verbose_name='номер объекта')),
                ('kind', models.CharField(max_length=20, verbose_name='что подписано')),
                ('title', models.CharField(max_length=400, verbose_name='название')),
                ('text', models.TextField(verbose_name='подписанный текст')),
                ('text_sha256', models.CharField(max_length=64, verbose_name='SHA-256 текста')),
                ('name', models.CharField(max_length=200, verbose_name='фамилия, имя, отчество')),
                ('post', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='адрес в сети')),
                ('basis_number', models.CharField(max_length=30, verbose_name='номер локального акта')),
                ('basis_date', models.DateField(verbose_name='дата локального акта')),
            ],
            options={
                'verbose_name': 'простая электронная подпись',
                'verbose_name_plural': 'простые электронные подписи',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='ключ')),
                ('file', models.FileField(max_length=200, upload_to=mentoring_site.models.stored_name, verbose_name='файл')),
                ('name', models.CharField(max_length=200, verbose_name='имя')),
                ('content_type', models.CharField(max_length=100, verbose_name='тип')),
                ('size', models.PositiveBigIntegerField(verbose_name='размер, байт')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
            ],
            options={
                'verbose_name': 'файл',
                'verbose_name_plural': 'файлы',
            },
        ),
    ]
