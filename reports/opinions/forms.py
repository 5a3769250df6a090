"""Forms of the union's opinion."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, OnceMixin
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order

NO_PAPER = "Можно без бумаги: её прикладывают, когда она на руках"


class AskForm(OnceMixin, BaseForm):
    """Which draft, and when it was handed over."""

    order = forms.ModelChoiceField(
        Order.objects.none(), label="Проект приказа", required=False, empty_label="другой документ"
    )
    title = forms.CharField(
        label="Другой документ", required=False, max_length=300, help_text="«Правила внутреннего трудового распорядка»"
    )
    sent_on = forms.DateField(
        label="Когда проект передан профсоюзу",
        help_text="Пять рабочих дней на ответ считаются со следующего дня (ТК 372)",
    )
    field_order = ["order", "title", "sent_on"]

    def __init__(self, *args: Any, orders: Any, order: Order | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["order"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = orders
        field.label_from_instance = lambda one: one.heading  # type: ignore[method-assign,assignment]
        self.initial = {"sent_on": timezone.localdate(), "order": order}

    def clean(self) -> dict[str, Any]:
        """An order or the name of another document."""
        data = super().clean() or self.cleaned_data
        if not data.get("order") and not (data.get("title") or "").strip():
            self.add_error("title", "Выберите проект приказа или напишите название документа")
        return data


class AnswerForm(BaseForm):
    """What the union answered."""

    answer = forms.ChoiceField(label="Ответ", choices=UnionOpinion.Answer, widget=forms.RadioSelect)
    answered_on = forms.DateField(label="Дата мнения", initial=timezone.localdate)
    words = forms.CharField(
        label="Что в нём сказано",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Обязательно, если есть предложения или несогласие",
    )
    paper = ScanFormField(label="Скан мнения", required=False, help_text=NO_PAPER)
