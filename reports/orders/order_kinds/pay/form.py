"""The form of an order that sets or stops pay."""

from datetime import date, timedelta

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import NBSP
from mentoring_site.workflow import Complaint
from programs.mentor_agreements.models import MentorAgreement
from reports.orders.drafting.typed_form import TypedOrderForm
from reports.orders.order_kinds.pay.draft import PayDraft


def _agreement(a) -> str:
    """«Мельник Ольга Львовна: от 01.09.2026 № 14, приказа ещё нет»."""
    paid = f"установлена приказом №{NBSP}{a.order_number}" if a.order_number else "приказа ещё нет"
    return f"{a.person.full_name}: {PaperRef(a.number, a.signed_on).on_screen}, {paid}"


def _paid() -> QuerySet[MentorAgreement]:
    """Return the signed agreements that say of pay and are not stopped."""
    signed = MentorAgreement.objects.filter(kind="agreement", signed_on__isnull=False, stop_number="")
    return signed.filter(pay_kind__in=MentorAgreement.PAID)


class PayForm(TypedOrderForm):
    """By which signed agreements pay is set or stopped (ТК 351.8)."""

    stop = forms.TypedChoiceField(
        label="Что сделать",
        coerce=lambda v: v == "yes",
        choices=[("no", "установить выплату"), ("yes", "прекратить выплату")],
        widget=forms.RadioSelect,
        initial="no",
    )
    agreements = forms.ModelMultipleChoiceField(
        MentorAgreement.objects.none(), label="Соглашения", widget=forms.CheckboxSelectMultiple
    )
    last = forms.DateField(
        label="Последний день выплаты",
        required=False,
        help_text="Если выплату прекращают раньше, чем по соглашению: например, на время замены наставника",
    )
    act = forms.CharField(
        label="Акт об оплате с датой и номером",
        max_length=300,
        required=False,
        help_text="Если в соглашении их нет: «Положение об оплате труда, утверждённое приказом от 30.08.2026 № 37-од»",
    )
    draft_class = PayDraft
    conditional = {"act", "last"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreements"].queryset = _paid().select_related("person").order_by("signed_on", "pk")
        self.fields["agreements"].label_from_instance = _agreement

    @classmethod
    def closed(cls) -> Complaint | None:
        """Nothing to pay without a signed agreement."""
        if _paid().exists():
            return None
        url = reverse("programs:agreements")
        return Complaint("Подписанных соглашений с оплатой нет", "", url, "Соглашения с наставниками")

    @classmethod
    def initial_of(cls, proposal):
        draft = proposal.draft
        return super().initial_of(proposal) | {"stop": "yes" if draft.stop else "no", "last": draft.earlier}

    def clean(self):
        data = super().clean()
        if "stop" in data:
            chosen = data.get("agreements") or ()
            if wrong := [a.person.short_name for a in chosen if bool(a.order_number) != data["stop"]]:
                what = "выплата ещё не установлена" if data["stop"] else "выплата уже установлена"
                self.add_error("agreements", f"{', '.join(wrong)}: {what}")
            if data.get("last") and (message := _wrong_last(chosen, data["last"], data["stop"])):
                self.add_error("last", message)
        return data

    def draft(self):
        chosen, stop = self.cleaned_data["agreements"], self.cleaned_data["stop"]
        earlier = self.cleaned_data["last"] if stop else None
        last_days = {a.pk: earlier or a.paid_through for a in chosen}
        return PayDraft(tuple(a.pk for a in chosen), stop, last_days, earlier, "" if stop else self.cleaned_data["act"])

    def persons(self):
        return {"main": [a.person for a in self.cleaned_data["agreements"]]}


def _wrong_last(chosen, last: date, stops: bool) -> str:
    """Return why pay by these agreements cannot be stopped with this last day, or an empty string."""
    if not stops:
        return "Последний день указывают, когда выплату прекращают"
    if late := [a.person.short_name for a in chosen if a.paid_through and last > a.paid_through]:
        return f"{', '.join(late)}: выплата кончается раньше этого дня"
    if early := [a.person.short_name for a in chosen if a.pay_from and last < a.pay_from - timedelta(days=1)]:
        return f"{', '.join(early)}: выплата к этому дню ещё не началась"
    return ""
