"""Forms of a stack of signed orders: which came back, and a row for each."""

from collections import Counter
from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from reports.orders.forms import RegisterForm
from reports.orders.models import Order
from reports.orders.registration import numbers
from reports.orders.registration.stack import Line, gap_of


class CameBackForm(BaseForm):
    """Which of the orders at signature came back signed."""

    order = forms.MultipleChoiceField(
        label="Какие приказы вернулись подписанными",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы один приказ"},
    )

    def __init__(self, *args: Any, orders: list[Order], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["order"]
        field.choices = [(str(order.pk), order.heading) for order in orders]
        field.initial = [str(order.pk) for order in orders]


class RowForm(RegisterForm):
    """One order of the stack. What depends on the other rows is asked by the stack and not here."""

    def __init__(self, *args: Any, order: Order, offered: str, **kwargs: Any) -> None:
        super().__init__(*args, order=order, offered=offered, prefix=f"order-{order.pk}", **kwargs)
        self.fields.pop("acquainted", None)  # on the page of each order
        for name in ("number", "date", "effective_on", "scan"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["scan"].help_text = ""

    def _ask_about_gap(self, data: dict[str, Any]) -> None:
        """Leave it to the stack: a number that another row takes is no gap."""

    def line(self) -> Line:
        """Return what the register gets of a valid row."""
        data = self.cleaned_data
        return Line(self.order, **{name: data[name] for name in ("number", "date", "effective_on", "gap_reason")})

    def refuse(self, sentences: list[str]) -> None:
        """Show what the register would refuse; ask for a reason where numbers are skipped."""
        for sentence in sentences:
            self.add_error(None, sentence)
        if gap_of(self.line()):
            self.fields["gap_reason"].widget = forms.TextInput(attrs={"class": "form-control", "maxlength": 300})

    @property
    def complaints(self) -> list[str]:
        """Everything that is wrong in the row, each said once."""
        found = [str(e) for e in self.non_field_errors()]
        for name in ("number", "date", "effective_on", "gap_reason", "scan", "anyway"):
            label = "" if name == "anyway" else f"{self.fields[name].label}: "
            found += [f"{label}{error}" for error in self.errors.get(name, [])]
        return list(dict.fromkeys(found))

    def held(self) -> Line | None:
        """Return the number that a row which is not right yet keeps for its order."""
        number = self.cleaned_data.get("number")
        return Line(self.order, number, self.cleaned_data.get("date") or timezone.localdate()) if number else None

    @property
    def is_backwards(self) -> bool:
        """Whether the row asks to confirm a day that its text names and that has passed."""
        return not self.fields["anyway"].widget.is_hidden

    @property
    def has_gap(self) -> bool:
        """Whether the row asks why numbers are skipped."""
        return not self.fields["gap_reason"].widget.is_hidden


def offered_numbers(orders: list[Order]) -> dict[int, str]:
    """Return order pk -> the number it would get this year, one after another within its series."""
    year, place = timezone.localdate().year, Counter[str]()
    first = {series: numbers.next_plain(series, year) for series in {order.series for order in orders}}
    suffix = {series: numbers.usual_suffix(series) for series in first}
    found = {}
    for order in orders:
        found[order.pk] = f"{first[order.series] + place[order.series]}{suffix[order.series]}"
        place[order.series] += 1
    return found
