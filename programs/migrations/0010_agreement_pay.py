"""Pay by kind with the act that sets it, a reason of work without pay, the ground of the consent, students on practice."""

from django.conf import settings
from django.db import migrations, models

UNKNOWN = "записано прежней версией системы без причины"


def plant(apps, schema_editor):
    """Give a reason to what is already recorded without pay; mark the form that п. 2.3 names for students."""
    apps.get_model("programs", "MentorAgreement").objects.filter(pay_kind="free").update(free_reason=UNKNOWN)
    apps.get_model("programs", "MentoringForm").objects.filter(mentee_role="студент").update(with_student=True)


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring_site', '0006_exports'),
        ('people', '0010_corrections_know_the_name'),
        ('programs', '0009_known_gender'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mentoragreement',
            name='agreement_pay_known',
        ),
        migrations.RemoveConstraint(
            model_name='mentoragreement',
            name='agreement_signed_whole',
        ),
        migrations.RemoveConstraint(
            model_name='mentoragreement',
            name='agreement_pay_whole',
        ),
        migrations.AddField(
            model_name='mentoragreement',
            name='consent_basis',
            field=models.CharField(blank=True, choices=[('consent', 'письменное согласие'), ('own', 'заявление наставника'), ('offer', 'ответ на предложение'), ('agree', 'само дополнительное соглашение')], max_length=7, verbose_name='основание согласия'),
        ),
        migrations.AddField(
            model_name='mentoragreement',
            name='free_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='почему без оплаты'),
        ),
        migrations.AddField(
            model_name='mentoragreement',
            name='pay_act_date',
            field=models.DateField(blank=True, null=True, verbose_name='дата акта'),
        ),
        migrations.AddField(
            model_name='mentoragreement',
            name='pay_act_number',
            field=models.CharField(blank=True, max_length=30, verbose_name='номер акта'),
        ),
        migrations.AddField(
            model_name='mentoragreement',
            name='pay_act_point',
            field=models.CharField(blank=True, max_length=30, verbose_name='пункт акта'),
        ),
        migrations.AddField(
            model_name='mentoragreement',
            name='report',
            field=models.CharField(blank=True, max_length=500, verbose_name='как отчитывается'),
        ),
        migrations.AddField(
            model_name='mentoringform',
            name='with_student',
            field=models.BooleanField(default=False, verbose_name='наставляемый — студент на практике, а не работник'),
        ),
        migrations.AlterField(
            model_name='mentoragreement',
            name='pay_kind',
            field=models.CharField(blank=True, choices=[('percent', 'процент от должностного оклада'), ('sum', 'сумма в месяц'), ('mentee', 'сумма в месяц за каждого наставляемого'), ('hour', 'сумма за час'), ('free', 'без оплаты'), ('included', 'входит в трудовую функцию')], max_length=8, verbose_name='оплата'),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(('pay_kind__in', ['', 'percent', 'sum', 'mentee', 'hour', 'free', 'included'])), name='agreement_pay_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_by_words', ''), ('signed_on__isnull', True)), models.Q(('assigned_on__isnull', False), ('signed_on__gte', models.F('assigned_on')), ('signed_on__isnull', False), ('pay_kind__in', ['percent', 'sum', 'mentee', 'hour', 'free']), ('starts_on__isnull', False), models.Q(('content', ''), _negated=True), models.Q(('work_form', ''), _negated=True), models.Q(('signed_by_words', ''), _negated=True)), _connector='OR'), name='agreement_signed_whole'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pay_amount__gt', 0), ('pay_amount__isnull', False), ('pay_kind__in', ['percent', 'sum', 'mentee', 'hour']), ('pay_from__isnull', False), ('pay_to__gte', models.F('pay_from')), ('pay_to__isnull', False)), models.Q(('pay_act', ''), ('pay_amount__isnull', True), ('pay_from__isnull', True), ('pay_kind__in', ['', 'free', 'included']), ('pay_to__isnull', True)), _connector='OR'), name='agreement_pay_whole', violation_error_message='Укажите размер оплаты и её срок с и по'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pay_act_date__isnull', True), ('pay_act_number', ''), ('pay_act_point', '')), models.Q(('pay_act', ''), _negated=True), _connector='OR'), name='agreement_pay_act_named', violation_error_message='Назовите акт, которым установлена оплата'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pay_kind', 'free'), models.Q(('free_reason', ''), _negated=True)), models.Q(models.Q(('pay_kind', 'free'), _negated=True), ('free_reason', '')), _connector='OR'), name='agreement_free_has_reason', violation_error_message='Напишите, почему работа наставника не оплачивается'),
        ),
    ]
