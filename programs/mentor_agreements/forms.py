"""Forms of agreements with mentors (ТК 351.8)."""

from django import forms
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, OnceMixin, VersionedMixin
from mentoring_site.paper_numbers import NumberFormField
from people.register.models import Employment
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.without_agreement import Opening


class StartForm(OnceMixin, BaseForm):
    """For which pair and by which one employment a mentor works."""

    pairing = forms.ChoiceField(label="Пара или группа", widget=forms.RadioSelect)
    employment = forms.ModelChoiceField(
        Employment.objects.none(),
        label="Место работы",
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Одно: по нему заключают соглашение и по нему идёт выплата. Совместитель — тоже работник, но "
        "разъяснений о статье 351.8 для совместителей нет: проверьте с кадровиком",
    )

    def __init__(self, *args, openings: list[Opening], employments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairing"].choices = [(str(o.pairing.pk), o.words) for o in openings]
        self.fields["employment"].queryset = employments
        self.fields["employment"].label_from_instance = lambda e: (
            f"{e.post}, {e.organisation.short_name} ({e.get_kind_display()})"
        )
        if len(openings) == 1:
            self.fields["pairing"].initial = str(openings[0].pairing.pk)
        if len(only := employments[:2]) == 1:
            self.fields["employment"].initial = only[0]


class AssignForm(BaseForm):
    """The employer's assignment: its date and its scan."""

    on = forms.DateField(label="Дата поручения", widget=DateInput, initial=timezone.localdate)
    scan = ScanFormField(label="Скан подписанного поручения", required=False)


class ReasonForm(BaseForm):
    """Why something is so."""

    reason = forms.CharField(label="Почему", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ExemptForm(BaseForm):
    """Why ТК 351.8 does not apply to this mentor."""

    reason = forms.CharField(
        label="Основание",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Например: пункт 2.7 должностной инструкции методиста, трудовой договор от 01.09.2024 № 12",
    )


class TermsForm(VersionedMixin, BaseModelForm):
    """Essential terms of the paper: content, term, form, pay (ТК 351.8)."""

    terms = {"content": "agreement", "pay_kind": "law-351-8"}
    conditional = {"pay_amount", "pay_act", "pay_from", "pay_to", "free_reason", "consent_basis"}

    class Meta:
        model = MentorAgreement
        fields = [
            "content",
            "starts_on",
            "ends_on",
            "work_form",
            "pay_kind",
            "pay_amount",
            "pay_act",
            "pay_act_number",
            "pay_act_date",
            "pay_act_point",
            "pay_from",
            "pay_to",
            "free_reason",
            "report",
            "consent_basis",
        ]
        widgets = {
            "content": forms.Textarea(attrs={"rows": 6}),
            "pay_kind": forms.RadioSelect,
            "consent_basis": forms.RadioSelect,
        }
        labels = {
            "starts_on": "Работа с",
            "ends_on": "Работа по",
            "pay_kind": "Как оплачивается",
            "pay_amount": "Размер",
            "pay_act": "Каким актом установлена оплата",
            "pay_from": "Выплата с",
            "pay_to": "Выплата по",
        }
        help_texts = {
            "content": "Каждая обязанность с новой строки",
            "ends_on": "Тот же срок, что у пары и программы",
            "pay_amount": "Проценты или рубли, например 15 или 5000",
            "pay_act": "Например: Положение об оплате труда работников. Пусто — размер установлен самим соглашением",
            "free_reason": "Нужно, только если выбрано «без оплаты»",
            "report": "Печатается в соглашении как обязанность наставника",
            "consent_basis": "Если трудовой договор уже предусматривает наставничество — заявление, согласие "
            "или ответ на предложение; если нет — само дополнительное соглашение",
            "pay_to": "Если оставить пустым — по последний день работы",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("content", "starts_on", "ends_on", "work_form", "pay_kind"):
            self.fields[name].required = True
        outside = self.instance.kind == MentorAgreement.Kind.COOPERATION
        pay = MentorAgreement.Pay
        kept = [pay.SUM, pay.MENTEE, pay.HOUR, pay.FREE] if outside else list(MentorAgreement.PAID)
        if outside:
            del self.fields["consent_basis"]
        else:
            del self.fields["free_reason"]
            basis = self.fields["consent_basis"]
            assert isinstance(basis, forms.ChoiceField)
            basis.choices = MentorAgreement.Basis.choices
        self.fields["pay_kind"].choices = [(code, MentorAgreement.Pay(code).label) for code in kept]

    def _post_clean(self):
        """The act checks the terms; the constraints are about the row after it."""


class SignForm(BaseForm):
    """Number and date of the paper that both sides have signed."""

    number = NumberFormField(label="Номер")
    on = forms.DateField(label="Дата подписания", widget=DateInput, initial=timezone.localdate)
    founder_words = forms.CharField(
        label="Кто подписал за учредителя",
        max_length=300,
        help_text="Должность, инициалы и фамилия. Работодатель директора — учредитель",
    )
    scan = ScanFormField(label="Скан с обеими подписями", required=False)

    def __init__(self, *args, founder: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not founder:
            del self.fields["founder_words"]


class OrderForm(BaseForm):
    """Number and date of a registered order."""

    number = NumberFormField(label="Номер")
    date = forms.DateField(label="Дата", widget=DateInput)


class StopForm(OrderForm):
    """The order that stops the pay."""

    field_order = ["on", "number", "date"]
    on = forms.DateField(label="Последний день выплаты", widget=DateInput)


class CloseForm(BaseForm):
    """The last day of the work."""

    on = forms.DateField(label="Последний день работы", widget=DateInput, initial=timezone.localdate)
