"""Tables of the roadmap, the regulation and the minutes of the council."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mentoring_site', '0001_initial'),
        ('people', '0001_initial'),
        ('programs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('draft', 'проект'), ('signed', 'подписан')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='состояние')),
                ('body', models.CharField(max_length=150, verbose_name='орган')),
                ('body_genitive', models.CharField(max_length=150, verbose_name='орган, в родительном падеже')),
                ('school_year', models.PositiveSmallIntegerField(editable=False, verbose_name='учебный год')),
                ('number', models.PositiveSmallIntegerField(verbose_name='№')),
                ('held_on', models.DateField(verbose_name='дата заседания')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='место')),
                ('invited', models.CharField(blank=True, max_length=1000, verbose_name='кто ещё присутствовал')),
                ('absent_words', models.CharField(blank=True, max_length=500, verbose_name='почему отсутствовали')),
                ('signed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='подписан')),
                ('signed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='подписание записано')),
                ('facts', models.JSONField(blank=True, editable=False, null=True, verbose_name='что подписано')),
                ('facts_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('absent', models.ManyToManyField(blank=True, related_name='+', to='people.person', verbose_name='отсутствовали')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='председательствующий')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('present', models.ManyToManyField(blank=True, related_name='+', to='people.person', verbose_name='присутствовали')),
                ('scan', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан')),
                ('secretary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='секретарь')),
                ('signed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'протокол',
                'verbose_name_plural': 'протоколы',
                'ordering': ['-held_on', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed'])), name='minutes_state_known'),
                    models.UniqueConstraint(fields=('body', 'school_year', 'number'), name='minutes_number_once', violation_error_message='Протокол с таким номером в этом учебном году уже есть'),
                    models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='minutes_signed_paired'),
                    models.CheckConstraint(condition=models.Q(models.Q(('facts__isnull', True), ('facts_sha256', ''), ('signed_on__isnull', True), ('state', 'draft')), models.Q(('facts__isnull', False), ('signed_on__isnull', False), ('state', 'signed'), models.Q(('facts_sha256', ''), _negated=True)), _connector='OR'), name='minutes_signed_whole'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='minutes_number_positive'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='№')),
                ('title', models.CharField(max_length=500, verbose_name='вопрос повестки')),
                ('heard', models.TextField(blank=True, max_length=4000, verbose_name='слушали')),
                ('spoke', models.TextField(blank=True, max_length=4000, verbose_name='выступили')),
                ('decided', models.TextField(blank=True, max_length=4000, verbose_name='решили')),
                ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='за')),
                ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='против')),
                ('votes_abstained', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='воздержались')),
                ('search', models.TextField(default='', editable=False)),
                ('pairings', models.ManyToManyField(blank=True, related_name='agenda_items', to='programs.pairing', verbose_name='пары и группы')),
                ('programs', models.ManyToManyField(blank=True, related_name='agenda_items', to='programs.program', verbose_name='программы')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='roadmap.minutes', verbose_name='протокол')),
            ],
            options={
                'verbose_name': 'вопрос повестки',
                'verbose_name_plural': 'вопросы повестки',
                'ordering': ['minutes', 'number'],
                'constraints': [
                    models.UniqueConstraint(fields=('minutes', 'number'), name='agenda_item_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('draft', 'проект'), ('submitted', 'на утверждении'), ('approved', 'действует'), ('superseded', 'заменено')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='состояние')),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('text', models.TextField(verbose_name='текст')),
                ('order_number', models.CharField(blank=True, max_length=30, verbose_name='приказ №')),
                ('order_date', models.DateField(blank=True, null=True, verbose_name='приказ от')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан')),
            ],
            options={
                'verbose_name': 'положение',
                'verbose_name_plural': 'положения',
                'ordering': ['-order_date', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'superseded'])), name='regulation_state_known'),
                    models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('state',), name='one_regulation_in_force'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'superseded']), _negated=True), ('order_date__isnull', False), _connector='OR'), name='regulation_by_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Roadmap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('draft', 'проект'), ('submitted', 'на утверждении'), ('approved', 'утверждена'), ('superseded', 'заменена')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='состояние')),
                ('school_year', models.PositiveSmallIntegerField(verbose_name='учебный год')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='заведена')),
                ('order_number', models.CharField(blank=True, editable=False, max_length=30, verbose_name='приказ №')),
                ('order_date', models.DateField(blank=True, editable=False, null=True, verbose_name='приказ от')),
                ('returned_why', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='что доработать')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'дорожная карта',
                'verbose_name_plural': 'дорожные карты',
                'ordering': ['-school_year', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'superseded'])), name='roadmap_state_known'),
                    models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('school_year',), name='one_roadmap_a_year'),
                    models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('school_year',), name='one_roadmap_draft_a_year', violation_error_message='Проект дорожной карты на этот год уже есть'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'superseded']), _negated=True), models.Q(('order_date__isnull', False), models.Q(('order_number', ''), _negated=True)), _connector='OR'), name='roadmap_by_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='№')),
                ('title', models.CharField(max_length=200, verbose_name='этап')),
                ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='roadmap.roadmap', verbose_name='дорожная карта')),
            ],
            options={
                'verbose_name': 'этап',
                'verbose_name_plural': 'этапы',
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(fields=('roadmap', 'number'), name='stage_once'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 7)), name='seven_stages'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='№')),
                ('text', models.TextField(max_length=1000, verbose_name='мероприятие')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='с')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='до')),
                ('responsible_words', models.CharField(blank=True, max_length=300, verbose_name='ответственные, словами')),
                ('expected_result', models.CharField(blank=True, max_length=500, verbose_name='ожидаемый результат, вид документа')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='сделано')),
                ('done_note', models.CharField(blank=True, max_length=500, verbose_name='что получилось')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто отметил')),
                ('responsible', models.ManyToManyField(blank=True, related_name='roadmap_tasks', to='people.person', verbose_name='ответственные')),
                ('stage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='roadmap.stage', verbose_name='этап')),
            ],
            options={
                'verbose_name': 'мероприятие карты',
                'verbose_name_plural': 'мероприятия карты',
                'ordering': ['stage__number', 'number', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('due_on__isnull', True), ('starts_on__lte', models.F('due_on')), _connector='OR'), name='task_dates_ordered', violation_error_message='Мероприятие не может закончиться раньше, чем началось'),
                    models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='task_done_paired'),
                ],
            },
        ),
    ]
