"""Events of the school and elsewhere, and who takes part in them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0021_kept_together'),
        ('roadmap', '0014_practices_and_library'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('draft', 'готовится'), ('announced', 'объявлено'), ('held', 'проведено'), ('cancelled', 'отменено')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='состояние')),
                ('outside', models.BooleanField(default=False, editable=False, verbose_name='проводит не школа')),
                ('kind', models.CharField(choices=[('session', 'установочная сессия'), ('consultation', 'консультация'), ('seminar', 'семинар'), ('training', 'тренинг'), ('lesson', 'открытый урок'), ('conference', 'конференция'), ('round_table', 'круглый стол'), ('speed', 'встреча скоростного наставничества'), ('coordination', 'координационное совещание с партнёрами'), ('forum', 'форум'), ('webinar', 'вебинар')], max_length=16, verbose_name='вид')),
                ('title', models.CharField(max_length=200, verbose_name='название')),
                ('level', models.CharField(choices=[('school', 'школьный'), ('city', 'городской, районный'), ('region', 'региональный'), ('country', 'всероссийский'), ('world', 'международный')], default='school', max_length=8, verbose_name='уровень')),
                ('school_year', models.PositiveSmallIntegerField(editable=False, verbose_name='учебный год')),
                ('starts_on', models.DateField(verbose_name='день')),
                ('ends_on', models.DateField(verbose_name='последний день')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='начало')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='окончание')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='место')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='ссылка для подключения')),
                ('organizer', models.CharField(blank=True, max_length=300, verbose_name='кто проводит')),
                ('audience', models.CharField(choices=[('mentors', 'наставники'), ('mentees', 'наставляемые'), ('both', 'наставники и наставляемые'), ('all', 'все, кто захочет прийти'), ('picked', 'только те, кого выберу')], default='picked', max_length=8, verbose_name='для кого')),
                ('aim', models.TextField(blank=True, max_length=2000, verbose_name='для чего')),
                ('programme', models.TextField(blank=True, max_length=6000, verbose_name='программа')),
                ('partners_words', models.CharField(blank=True, max_length=500, verbose_name='партнёры')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1, 'Хотя бы одно место')], verbose_name='число мест')),
                ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='часов')),
                ('is_public', models.BooleanField(default=False, verbose_name='в афише на сайте')),
                ('series', models.UUIDField(blank=True, db_index=True, editable=False, null=True, verbose_name='ряд')),
                ('door', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='номер кода у входа')),
                ('discussed', models.TextField(blank=True, max_length=8000, verbose_name='обсудили')),
                ('decisions', models.TextField(blank=True, max_length=8000, verbose_name='решили')),
                ('results', models.TextField(blank=True, max_length=4000, verbose_name='итоги')),
                ('cancel_reason', models.CharField(blank=True, max_length=500, verbose_name='почему отменено')),
                ('announced_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='объявлено')),
                ('held_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='записано проведённым')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('search', models.TextField(blank=True, default='', editable=False)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted_events', to='people.person', verbose_name='ответственный')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='roadmap.task', verbose_name='мероприятие дорожной карты')),
            ],
            options={
                'verbose_name': 'событие',
                'verbose_name_plural': 'события',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('listener', 'участник'), ('speaker', 'докладчик, ведущий'), ('mentor', 'наставник встречи')], default='listener', max_length=8, verbose_name='в каком качестве')),
                ('answer', models.CharField(choices=[('none', 'нет ответа'), ('yes', 'будет'), ('waiting', 'в листе ожидания'), ('no', 'не сможет')], default='none', max_length=8, verbose_name='ответ')),
                ('invited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='приглашён')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ответил')),
                ('is_present', models.BooleanField(blank=True, null=True, verbose_name='был на событии')),
                ('way', models.CharField(blank=True, choices=[('tick', 'отметка ответственного'), ('qr', 'по коду у входа'), ('sheet', 'по листу с подписями')], max_length=5, verbose_name='как отмечен')),
                ('marked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='отмечен')),
                ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='часов')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='документ об участии')),
                ('brought_home', models.TextField(blank=True, max_length=2000, verbose_name='что привёз в школу')),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='что дала встреча')),
                ('next_step', models.CharField(blank=True, choices=[('nothing', 'справится без помощи'), ('request', 'нужна помощь, запрос куратору'), ('pair', 'хочет заниматься в паре с наставником')], max_length=8, verbose_name='следующий шаг')),
                ('next_words', models.CharField(blank=True, max_length=500, verbose_name='цель, срок')),
                ('next_done_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='следующий шаг сделан')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='roadmap.event', verbose_name='событие')),
                ('marked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.person', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'участник события',
                'verbose_name_plural': 'участники событий',
                'ordering': ['person__last_name', 'person__first_name', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'announced', 'held', 'cancelled'])), name='event_state_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='event_days_ordered', violation_error_message='Последний день не может быть раньше первого'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['conference', 'forum', 'webinar', 'seminar']), ('outside', True)), models.Q(('outside', False), models.Q(('kind__in', ['forum', 'webinar']), _negated=True)), _connector='OR'), name='event_kind_fits', violation_error_message='Такого вида событий здесь нет'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='event_cancelled_with_reason', violation_error_message='Напишите, почему событие отменено'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('held_at__isnull', True)), _connector='OR'), name='event_held_paired'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('outside', False), ('is_public', False), _connector='OR'), name='event_outside_not_on_the_site'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='participant_once', violation_error_message='Этот человек уже в списке'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_present__isnull', True), ('marked_at__isnull', True), ('marked_by__isnull', True)), models.Q(('is_present__isnull', False), ('marked_at__isnull', False), ('marked_by__isnull', False)), _connector='OR'), name='participant_marked_paired'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('next_done_at__isnull', True), ('next_step__in', ['request', 'pair']), _connector='OR'), name='participant_next_step_done'),
        ),
    ]
