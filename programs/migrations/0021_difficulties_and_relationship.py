"""What becomes of difficulties in a program, and the question how two people get on (п. 5.2)."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0019_new_post'),
        ('programs', '0020_learning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Difficulty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('open', 'не снято'), ('proposed', 'снято, ждёт второй стороны'), ('closed', 'снято')], default='open', editable=False, max_length=8, verbose_name='состояние')),
                ('raised_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='появилось в ходе программы')),
                ('sign', models.CharField(blank=True, max_length=500, verbose_name='по чему видно')),
                ('proposed_part', models.CharField(blank=True, choices=[('mentor', 'наставник'), ('mentee', 'наставляемый')], max_length=6, verbose_name='кто сказал, что снято')),
                ('proposed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='сказано')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='слово второй стороны')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='отвечено')),
                ('reopen_word', models.CharField(blank=True, max_length=500, verbose_name='что снова трудно')),
                ('reopened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='открыто снова')),
                ('flag', models.CharField(blank=True, max_length=500, verbose_name='что сейчас трудно')),
                ('flagged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='отмечено')),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='отметка снята')),
                ('amendment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.amendment', verbose_name='изменение программы')),
                ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('flagged_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pairing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.pairing', verbose_name='пара для ситуационной программы')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='difficulty_rows', to='programs.program', verbose_name='программа')),
                ('proposed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто назвал')),
                ('reopened_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.statement', verbose_name='затруднение')),
            ],
            options={
                'verbose_name': 'затруднение программы',
                'verbose_name_plural': 'затруднения программы',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'statement'), name='difficulty_once_in_program'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'proposed', 'closed'])), name='difficulty_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('raised_at__isnull', True), ('raised_by__isnull', True)), models.Q(('raised_at__isnull', False), ('raised_by__isnull', False)), _connector='OR'), name='difficulty_raised_paired'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='difficulty_proposed_paired'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='difficulty_answered_paired'), models.CheckConstraint(condition=models.Q(models.Q(('reopened_at__isnull', True), ('reopened_by__isnull', True)), models.Q(('reopened_at__isnull', False), ('reopened_by__isnull', False)), _connector='OR'), name='difficulty_reopened_paired'), models.CheckConstraint(condition=models.Q(models.Q(('flagged_at__isnull', True), ('flagged_by__isnull', True)), models.Q(('flagged_at__isnull', False), ('flagged_by__isnull', False)), _connector='OR'), name='difficulty_flagged_paired'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='difficulty_settled_paired'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('proposed_at__isnull', False), models.Q(('sign', ''), _negated=True), models.Q(('proposed_part', ''), _negated=True)), _connector='OR'), name='difficulty_proposed_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='difficulty_closed_by_both')],
            },
        ),
        migrations.CreateModel(
            name='RelationshipAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('asked', 'ждёт ответа'), ('answered', 'ответ дан'), ('settled', 'поговорили'), ('lapsed', 'без ответа')], default='asked', editable=False, max_length=8, verbose_name='состояние')),
                ('asked_on', models.DateField(verbose_name='когда спросили')),
                ('level', models.CharField(blank=True, choices=[('good', 'Хорошо'), ('hard', 'Есть трудности'), ('talk', 'Хочу поговорить с куратором')], max_length=4, verbose_name='ответ')),
                ('word', models.TextField(blank=True, max_length=1000, verbose_name='несколько слов')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ответ дан')),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='поговорили')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.participation', verbose_name='кого спросили')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.program', verbose_name='программа')),
                ('settled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ответ о работе вместе',
                'verbose_name_plural': 'ответы о работе вместе',
                'ordering': ['-asked_on', '-pk'],
                'indexes': [models.Index(fields=['state', 'participation'], name='relationship_by_state')],
                'constraints': [models.UniqueConstraint(fields=('participation', 'asked_on'), name='relationship_asked_once_a_day'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('participation',), name='relationship_one_open_question'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered', 'settled', 'lapsed'])), name='relationship_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='relationship_answered_paired'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='relationship_settled_paired'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('level', ''), ('state__in', ['asked', 'lapsed']), ('word', '')), models.Q(('answered_at__isnull', False), ('state__in', ['answered', 'settled']), models.Q(('level', ''), _negated=True)), _connector='OR'), name='relationship_answer_whole')],
            },
        ),
    ]
