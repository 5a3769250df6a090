"""Forms of orders: the choice of items, the text of a draft, registration."""

from datetime import date as day
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, VersionedMixin
from mentoring_site.paper_numbers import NumberFormField
from mentoring_site.russian import rudate
from mentoring_site.scans import ScanForm
from people.register.models import Person
from reports.orders import pay_series
from reports.orders.models import Order
from reports.orders.registration import numbers, terms
from reports.orders.registration.signed_scan import Seen, look_at

POINT_LENGTH = 4000
BLANKS = 2  # empty areas for new points


class ItemsForm(BaseForm):
    """The choice of what goes into an order: only what is ready can be chosen."""

    items = forms.MultipleChoiceField(
        label="Что войдёт в приказ",
        error_messages={
            "required": "Отметьте хотя бы одно",
            "invalid_choice": "Одно из отмеченных уже не готово к приказу: посмотрите список ещё раз",
        },
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_key", uuid4())
        self.rows = {str(row.subject.pk): row for row in rows if row.is_ready}
        self.fields["items"].choices = [(pk, row.title) for pk, row in self.rows.items()]

    def subjects(self) -> list:
        """Return the chosen things in the order of the list."""
        chosen = set(self.cleaned_data["items"])
        return [row.subject for pk, row in self.rows.items() if pk in chosen]


class TextForm(VersionedMixin, BaseForm):
    """The text of a draft: a text area per point and blank ones for new points before the last."""

    series = forms.ChoiceField(label="Серия", choices=Order.Series.choices, help_text=pay_series.WHICH)
    heading = forms.CharField(
        label="Заголовок", max_length=300, help_text="Отвечает на вопрос «о чём», без точки в конце"
    )
    preamble = forms.CharField(
        label="Основание",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Слово «ПРИКАЗЫВАЮ:» печатается само",
    )

    def __init__(self, *args, order, **kwargs):
        initial = {
            "series": order.series,
            "heading": order.heading,
            "preamble": order.preamble,
            "version": order.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        rows = [*order.points[:-1], *[None] * BLANKS, *order.points[-1:]]
        for n, row in enumerate(rows):
            words = "\n".join([row["text"], *[f"— {s}" for s in row["subpoints"]]]) if row else ""
            number = order.points.index(row) + 1 if row else None
            self.fields[f"point_{n}"] = forms.CharField(
                label=f"Пункт {number}" if number else "Ещё пункт",
                required=False,
                initial=words,
                max_length=POINT_LENGTH,
                widget=forms.Textarea(attrs={"rows": max(2, min(10, len(words) // 70 + 1 + words.count("\n")))}),
            )
        self.points = len(rows)

    def clean_heading(self):
        return " ".join(self.cleaned_data["heading"].split()).rstrip(".")

    def clean(self):
        """Nothing about pay goes by «основная деятельность» (docs/law.md#orders-series)."""
        data = super().clean()
        texts = [data.get("heading", ""), *(data.get(f"point_{n}") or "" for n in range(self.points))]
        if complaint := pay_series.series_complaint(data.get("series", ""), pay_series.words_about_pay(*texts)):
            self.add_error("series", complaint)
        return data

    def text(self) -> dict:
        """Return what the act ``edit`` takes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("heading", "preamble", "version", "series")},
            "points": [data[f"point_{n}"] for n in range(self.points)],
        }


class DayForm(BaseForm):
    """From which day the terms of the points are counted."""

    day = forms.DateField(label="Сроки считать от", help_text="Предполагаемый день приказа")

    def clean_day(self):
        day, today = self.cleaned_data["day"], timezone.localdate()
        if not today - timedelta(days=366) <= day <= today + timedelta(days=366):
            raise forms.ValidationError("День приказа — не дальше года от сегодняшнего")
        return day


class SeenForm(VersionedMixin, BaseForm):
    """Which version of the text was read before the press."""


class ReasonForm(BaseForm):
    """Why an order is returned or a draft is not needed."""

    reason = forms.CharField(label="Почему", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PassVisaForm(BaseForm):
    """Who gives a visa in place of the person asked."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label="Кто завизирует", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda person: person.full_name


class LookedAtScan(forms.Form):
    """A form whose scan is looked at: what was seen stands in ``seen``."""

    order: Order
    seen: Seen | None = None

    def clean_scan(self) -> UploadedFile | None:
        """Refuse what does not open and the sheets of another order."""
        if upload := self.cleaned_data.get("scan"):
            self.seen = look_at(upload, self.order)
        return upload


class OrderScanForm(LookedAtScan, ScanForm):
    """The scan of a signed order, or another one in its place."""

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, present=order.scan, **kwargs)
        self.order = order


class RegisterForm(LookedAtScan, BaseForm):
    """Number and dates of a signed order; the reason is asked when numbers are skipped."""

    number = NumberFormField(label="Номер", help_text="Как на бумаге: 46-од, 46/1-од, 01-05/117")
    date = forms.DateField(label="Дата приказа", help_text="День, когда директор подписал бумагу")
    effective_on = forms.DateField(label="Действует с", required=False, help_text="Если не указано — с даты приказа")
    gap_reason = forms.CharField(label="Почему пропущены номера", max_length=300, required=False)
    anyway = forms.BooleanField(
        label="Да, директор подписал приказ позже дня, который назван в тексте",
        required=False,
        widget=forms.HiddenInput,
    )
    scan = ScanFormField(
        label="Скан подписанного приказа", required=False, help_text="Можно приложить позже. PDF, JPG или PNG, до 20 МБ"
    )
    acquainted = forms.TypedMultipleChoiceField(
        label="Кто уже расписался на листе ознакомления",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Остальных попросят ознакомиться",
    )
    conditional = {"gap_reason", "anyway"}

    def __init__(self, *args, order, offered: str = "", **kwargs):
        today = timezone.localdate()
        initial = {
            "number": offered or numbers.suggest(order.series, today.year),
            "date": today,
            "effective_on": terms.first_day(order.facts, today),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.order, self.series = order, order.series
        self.fields["acquainted"].choices = [
            (row["person"], row["name"]) for row in (order.facts or {}).get("acquaintance", ()) if row["person"]
        ]
        if not self.fields["acquainted"].choices:
            del self.fields["acquainted"]
        if not self.data.get("gap_reason"):
            self.fields["gap_reason"].widget = forms.HiddenInput()

    def clean(self):
        data = super().clean()
        if data.get("date") and data["date"] > timezone.localdate():
            self.add_error("date", f"Приказ не может быть подписан в будущем. Сегодня {rudate(timezone.localdate())}")
        date = data.get("date")
        self._ask_about_gap(self.cleaned_data)
        effective = data.get("effective_on")
        if date:
            self._compare_with_text(date, effective or date)
        if date and effective and effective < date:
            self.add_error("effective_on", f"Приказ не может действовать раньше своей даты, {rudate(date)}")
        return data

    def _ask_about_gap(self, data: dict[str, Any]) -> None:
        """Ask why plain numbers are skipped."""
        number, date = data.get("number"), data.get("date")
        if number and date and (gap := numbers.skipped(self.series, number, date.year)):
            shown = forms.TextInput(attrs={"maxlength": 300})
            self.fields["gap_reason"].widget = shown
            if not data.get("gap_reason", "").strip():
                following = numbers.suggest(self.series, date.year)
                words = f"Пропущены номера: {gap}" if "–" in gap else f"Пропущен номер {gap}"
                self.add_error(
                    "gap_reason",
                    f"{words}. Напишите, почему (например, заняты другими приказами школы), или укажите номер"
                    f" {following}",
                )

    def _compare_with_text(self, date: day, effective_on: day) -> None:
        """Compare the dates with the days of the frozen text: later is an error, backwards is asked about."""
        for sentence in terms.disagreeing(self.order.facts, date, effective_on):
            self.add_error("effective_on", sentence)
        if past := terms.backwards(self.order.facts, date):
            self.fields["anyway"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("anyway"):
                self.add_error("anyway", past)
