"""Requests about personal data, leaks; what is due after a withdrawal becomes a term like any other."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

TERMS = {"spread": "spread", "answer": "answer", "process": "stop_withdrawn", "destroy": "destroy_withdrawn"}


def name_terms(apps, schema_editor):
    """Name the term of law of what was due already."""
    duties = apps.get_model("people", "Duty").objects
    for kind, term in TERMS.items():
        duties.filter(kind=kind).update(term=term)
    duties.filter(kind="process", withdrawal__demand=True).update(term="stop_demand")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_corrections_know_the_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='destruction',
            name='carriers',
            field=models.JSONField(blank=True, default=list, verbose_name='бумажные носители с числом листов'),
        ),
        migrations.AddField(
            model_name='destruction',
            name='processor',
            field=models.CharField(blank=True, max_length=300, verbose_name='кто обрабатывал по поручению, адрес'),
        ),
        migrations.AlterField(
            model_name='destruction',
            name='reason',
            field=models.CharField(choices=[('withdrawn', 'отзыв согласия на обработку персональных данных'), ('demand', 'требование о прекращении обработки персональных данных'), ('reached', 'достижение цели обработки персональных данных'), ('unlawful', 'неправомерная обработка персональных данных'), ('term', 'истечение срока хранения согласий')], max_length=9, verbose_name='причина уничтожения'),
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'вопрос о своих данных'), ('correct', 'исправить неверные сведения'), ('demand', 'прекратить распространение'), ('unlawful', 'неправомерная обработка'), ('reached', 'цель обработки достигнута'), ('leak', 'утечка')], max_length=8, verbose_name='о чём')),
                ('channel', models.CharField(choices=[('paper', 'заявление на бумаге'), ('email', 'электронная почта'), ('agency', 'обращение Роскомнадзора'), ('found', 'школа заметила сама')], max_length=6, verbose_name='как поступило')),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='входящий номер')),
                ('received_on', models.DateField(verbose_name='поступило или выявлено')),
                ('words', models.TextField(max_length=3000, verbose_name='суть')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записано')),
                ('outcome', models.CharField(blank=True, choices=[('done', 'исполнено'), ('refused', 'отказано')], max_length=7, verbose_name='чем закончилось')),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='что сделано или почему отказано')),
                ('answer_number', models.CharField(blank=True, max_length=30, verbose_name='номер ответа')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='дата ответа')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='закрыто')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто закрыл')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='people.person', verbose_name='чьи данные')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests_to_answer', to='people.person', verbose_name='кто отвечает')),
            ],
            options={
                'verbose_name': 'обращение о персональных данных',
                'verbose_name_plural': 'обращения о персональных данных',
                'ordering': ['-received_on', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'leak'), ('person__isnull', True)), models.Q(models.Q(('kind', 'leak'), _negated=True), ('person__isnull', False)), _connector='OR'), name='data_request_has_its_person', violation_error_message='Укажите, чьи это данные'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', '')), models.Q(('answered_on__isnull', False), ('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='data_request_closed_whole'),
                ],
            },
        ),
        migrations.AddField(
            model_name='destruction',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='people.datarequest', verbose_name='по какому обращению'),
        ),
        migrations.RemoveConstraint(model_name='withdrawalduty', name='withdrawal_duty_once'),
        migrations.RemoveConstraint(model_name='withdrawalduty', name='withdrawal_duty_done_paired'),
        migrations.RemoveIndex(model_name='withdrawalduty', name='withdrawal_duty_open'),
        migrations.RenameModel('WithdrawalDuty', 'Duty'),
        migrations.AlterModelOptions(
            name='duty',
            options={
                'verbose_name': 'срок по персональным данным',
                'verbose_name_plural': 'сроки по персональным данным',
                'ordering': ['due_on', 'due_at', 'pk'],
            },
        ),
        migrations.AlterField(
            model_name='duty',
            name='kind',
            field=models.CharField(choices=[('spread', 'прекратить распространение'), ('answer', 'ответить человеку'), ('process', 'прекратить обработку'), ('correct', 'уточнить сведения'), ('destroy', 'уничтожить персональные данные'), ('first', 'сообщить Роскомнадзору об инциденте'), ('result', 'сообщить Роскомнадзору о результатах расследования')], max_length=8, verbose_name='что сделать'),
        ),
        migrations.AlterField(
            model_name='duty',
            name='withdrawal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.withdrawal', verbose_name='отзыв'),
        ),
        migrations.AddField(
            model_name='duty',
            name='term',
            field=models.CharField(default='', max_length=20, verbose_name='какой срок'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='duty',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='срок до часа'),
        ),
        migrations.AddField(
            model_name='duty',
            name='first_due_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='первый срок'),
        ),
        migrations.AddField(
            model_name='duty',
            name='extension',
            field=models.CharField(blank=True, max_length=500, verbose_name='почему срок продлён'),
        ),
        migrations.AddField(
            model_name='duty',
            name='extended_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто продлил'),
        ),
        migrations.AddField(
            model_name='duty',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.datarequest', verbose_name='обращение'),
        ),
        migrations.RunPython(name_terms, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noticed_at', models.DateTimeField(verbose_name='когда выявлен')),
                ('categories', models.CharField(max_length=500, verbose_name='какие данные')),
                ('people', models.CharField(max_length=300, verbose_name='чьи данные и сколько человек')),
                ('cause', models.TextField(max_length=2000, verbose_name='предполагаемые причины')),
                ('harm', models.TextField(max_length=2000, verbose_name='предполагаемый вред')),
                ('measures', models.TextField(max_length=2000, verbose_name='что принято')),
                ('contact', models.CharField(max_length=300, verbose_name='кто представляет школу')),
                ('findings', models.TextField(blank=True, max_length=3000, verbose_name='результаты внутреннего расследования')),
                ('culprits', models.CharField(blank=True, max_length=500, verbose_name='чьи действия стали причиной')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='incident', to='people.datarequest', verbose_name='обращение')),
            ],
            options={
                'verbose_name': 'сведения об инциденте',
                'verbose_name_plural': 'сведения об инцидентах',
            },
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['due_on'], name='duty_open'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('request__isnull', False), ('withdrawal__isnull', True)), models.Q(('request__isnull', True), ('withdrawal__isnull', False)), _connector='OR'), name='duty_of_one'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawal__isnull', False)), fields=('withdrawal', 'kind'), name='withdrawal_duty_once'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(condition=models.Q(('request__isnull', False)), fields=('request', 'kind'), name='request_duty_once'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='duty_done_paired'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extended_by__isnull', True), ('extension', ''), ('first_due_on__isnull', True)), models.Q(('extended_by__isnull', False), ('first_due_on__isnull', False), models.Q(('extension', ''), _negated=True)), _connector='OR'), name='duty_extension_whole', violation_error_message='Напишите, почему нужен больший срок'),
        ),
    ]
