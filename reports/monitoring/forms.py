"""Forms of a monitoring: its beginning, SWOT, conclusions, minutes, the council's assessment."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, Many, OnceMixin, VersionedMixin
from mentoring_site.russian import full_stop, rudate, school_year
from mentoring_site.ui.list_filters import year_now
from people.register.models import Person
from reports.monitoring.documents import SWOT
from reports.monitoring.models import TEXT, Monitoring
from reports.orders.models import Order
from roadmap.council.models import Minutes

YEARS = 4
"""How many school years back a monitoring may be begun."""


def _order_words(order: Any) -> str:
    return f"№\u00a0{order.number} от {full_stop(rudate(order.date))} {order.heading}"


def _area(label: str, rows: int = 5, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ByOrderForm(BaseForm):
    """By which order, who is in the working group."""

    order = forms.ModelChoiceField(
        Order.objects.none(),
        label="Приказ о мониторинге",
        required=False,
        empty_label="приказ на бумаге",
        help_text="Зарегистрированный приказ о проведении мероприятия; приказ другого вида приложите сканом",
    )
    order_words = forms.CharField(
        label="Номер и дата бумажного приказа",
        required=False,
        max_length=200,
        help_text="«приказ от 02.09.2026 № 41-од»",
    )
    order_scan = ScanFormField(label="Скан бумажного приказа", required=False)
    head = forms.ModelChoiceField(Person.objects.none(), label="Руководитель рабочей группы")
    members = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Кто ещё в рабочей группе", required=False, widget=Many
    )

    def __init__(self, *args: Any, orders: Any, monitoring: Monitoring | None = None, **kwargs: Any):
        if monitoring is not None:
            group = list(monitoring.members.all())
            kwargs["initial"] = {
                "order": monitoring.order_id,
                "order_words": monitoring.order_words,
                "head": next((one.person_id for one in group if one.is_head), None),
                "members": [one.person_id for one in group if not one.is_head],
            }
        super().__init__(*args, **kwargs)
        order, head, members = self.fields["order"], self.fields["head"], self.fields["members"]
        assert isinstance(order, forms.ModelChoiceField)
        assert isinstance(head, forms.ModelChoiceField)
        assert isinstance(members, forms.ModelMultipleChoiceField)
        order.queryset = orders
        order.label_from_instance = _order_words  # type: ignore[method-assign, assignment]
        people = Person.objects.at_work().order_by("last_name", "first_name", "pk")
        head.queryset = members.queryset = people

    def values(self) -> dict[str, Any]:
        """Return what the acts take, but for the scan."""
        return {name: self.cleaned_data[name] for name in ("order", "order_words", "head", "members")}


class BeginForm(OnceMixin, ByOrderForm):
    """A new monitoring: for which days too."""

    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    part = forms.ChoiceField(label="За какое время", choices=Monitoring.Part)
    field_order = ["school_year", "part", "order", "order_words", "order_scan", "head", "members"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = year_now()
        field = self.fields["school_year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(year, school_year(year)) for year in range(now, now - YEARS, -1)]

    def values(self) -> dict[str, Any]:
        """Return what the act takes, but for the scan."""
        names = ("school_year", "part", "request_key")
        return super().values() | {name: self.cleaned_data[name] for name in names}


class EditForm(VersionedMixin, ByOrderForm):
    """The order and the working group of a monitoring that goes on."""


class SwotForm(VersionedMixin, BaseForm):
    """The four fields of SWOT."""

    strengths = _area(SWOT["strengths"], 8, help_text="Каждая строка — отдельный пункт")
    weaknesses = _area(SWOT["weaknesses"], 8)
    opportunities = _area(SWOT["opportunities"], 8)
    threats = _area(SWOT["threats"], 8)


class ConclusionsForm(VersionedMixin, BaseForm):
    """What follows, and what is proposed."""

    conclusions = _area("Выводы", 8, help_text="Каждая строка — отдельный пункт")
    proposals = _area("Предложения", 8, help_text="Что сделать, кому и к какому сроку")


class MinutesForm(VersionedMixin, BaseForm):
    """The minutes of the working group."""

    minutes_number = forms.CharField(label="Номер протокола", max_length=20, required=False)
    minutes_on = forms.DateField(label="Дата протокола", initial=timezone.localdate)
    minutes_text = _area("Что решила рабочая группа", 6, help_text="Каждая строка — отдельный пункт")
    minutes_scan = ScanFormField(label="Скан протокола", required=False, help_text="Можно приложить позже")


class AssessForm(VersionedMixin, BaseForm):
    """The council's assessment."""

    verdict = forms.ChoiceField(label="Решение совета", choices=Monitoring.Verdict, widget=forms.RadioSelect)
    assessment = _area("Оценка", 6, help_text="Чем подтверждается решение, на что совет обращает внимание")
    meeting = forms.ModelChoiceField(
        Minutes.objects.none(), label="Заседание, на котором оценили", required=False, empty_label="без заседания"
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meetings
        field.label_from_instance = lambda one: f"{one} ({rudate(one.held_on)})"  # type: ignore[method-assign, assignment]
