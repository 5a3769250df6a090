"""The form of a duty: what, how often, who, what proves it."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date

from mentoring_site.forms import BaseForm, OnceMixin
from people.register.fields import offer_people
from people.register.models import Person
from people.rights import ROLE_CHOICES
from programs.journal.hours import MONTHS
from roadmap.duties.models import RegularDuty
from roadmap.proofs import kinds

Cadence = RegularDuty.Cadence
MOST_DATES = 24


class DatesField(forms.CharField):
    """Several days, one on a line: «20.05.2027»."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """The days as they are typed."""
        if isinstance(value, list):
            return "\n".join(f"{date.fromisoformat(text):%d.%m.%Y}" for text in value)
        return value

    def clean(self, value: Any) -> list[str]:
        """Return the days as ISO, each once. Raises ValidationError for a line that is no day."""
        lines = [line.strip() for line in (super().clean(value) or "").replace(",", "\n").splitlines()]
        days = set()
        for line in filter(None, lines):
            parts = line.split(".")
            try:
                day = parse_date(line) or date(*(int(part) for part in reversed(parts)))
            except (TypeError, ValueError) as error:
                raise forms.ValidationError(f"«{line}» — не дата. Напишите так: 20.05.2027") from error
            days.add(day.isoformat())
        if len(days) > MOST_DATES:
            raise forms.ValidationError(f"Не больше {MOST_DATES} дней")
        return sorted(days)


class DutyForm(OnceMixin, BaseForm):
    """A duty: a month belongs to a yearly one, named days to one on dates; the owner is a role or one person."""

    name = forms.CharField(label="Что делают", max_length=200, help_text="«Проверка журналов встреч»")
    cadence = forms.ChoiceField(label="Как часто", choices=Cadence, widget=forms.RadioSelect)
    month = forms.TypedChoiceField(
        label="Месяц", required=False, coerce=int, empty_value=None, help_text="Для того, что делают раз в год"
    )
    day = forms.IntegerField(
        label="Число",
        required=False,
        min_value=1,
        max_value=31,
        help_text="Последний день месяца, если пусто. Выходной переносит срок на рабочий день перед ним",
    )
    dates = DatesField(label="Дни", required=False, help_text="По одному на строке: 20.05.2027")
    role = forms.ChoiceField(label="Кто отвечает: роль", required=False, choices=[("", "—"), *ROLE_CHOICES])
    person = forms.ModelChoiceField(Person.objects.none(), label="или один человек", required=False, empty_label="—")
    ahead = forms.IntegerField(label="За сколько дней напомнить", min_value=0, max_value=120, initial=14)
    expected = forms.CharField(
        label="Что подтверждает выполнение", max_length=300, help_text="«справка о проверке», «протокол совещания»"
    )
    proof_kinds = forms.MultipleChoiceField(
        label="Закроется само, когда приложены",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Если ничего не отмечено, хватит любого подтверждения",
    )
    ground = forms.CharField(label="Основание", max_length=200, required=False, help_text="«п. 3.4 Положения»")
    since = forms.DateField(label="Начиная с")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, duty: RegularDuty | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_people(self, "person", Person.objects.at_work().order_by("last_name", "first_name", "pk"))
        months, proofs = self.fields["month"], self.fields["proof_kinds"]
        assert isinstance(months, forms.ChoiceField) and isinstance(proofs, forms.ChoiceField)
        months.choices = [("", "—"), *enumerate(MONTHS, 1)]
        proofs.choices = kinds.choices()
        self.initial = {"cadence": Cadence.YEARLY, "since": timezone.localdate(), "ahead": 14}
        if duty:
            self.initial = {name: getattr(duty, name) for name in self.fields if name != "request_key"}

    def clean(self) -> dict[str, Any]:
        """Ask for what the cadence needs, and for one owner."""
        data = super().clean() or {}
        cadence = data.get("cadence")
        if cadence == Cadence.YEARLY and not data.get("month"):
            self.add_error("month", "Назовите месяц: обязанность приходит раз в год")
        if cadence == Cadence.ON_DATES and not data.get("dates") and "dates" not in self.errors:
            self.add_error("dates", "Назовите хотя бы один день")
        if bool(data.get("role")) == bool(data.get("person")) and not self.errors.get("person"):
            self.add_error("role", "Назовите либо роль, либо одного человека")
        return data

    def values(self) -> dict[str, Any]:
        """Return what the act takes; days and months of another cadence are left out."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("request_key", "version")}
        if data["cadence"] != Cadence.YEARLY:
            data["month"] = None
        if data["cadence"] != Cadence.ON_DATES:
            data["dates"] = []
        else:
            data["day"] = None
        return data
