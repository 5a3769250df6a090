"""Forms of the school's particulars and of its calendar."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, VersionedMixin, replace_messages
from people.school.models import KALMYKIA, DayOff, School
from people.school.regions import REGIONS

ZONES = [
    ("Europe/Kaliningrad", "Калининград"),
    ("Europe/Moscow", "Москва, Элиста, Волгоград"),
    ("Europe/Samara", "Самара, Ижевск"),
    ("Europe/Astrakhan", "Астрахань"),
    ("Europe/Saratov", "Саратов"),
    ("Europe/Ulyanovsk", "Ульяновск"),
    ("Asia/Yekaterinburg", "Екатеринбург"),
    ("Asia/Omsk", "Омск"),
    ("Asia/Novosibirsk", "Новосибирск"),
    ("Asia/Barnaul", "Барнаул"),
    ("Asia/Tomsk", "Томск"),
    ("Asia/Krasnoyarsk", "Красноярск"),
    ("Asia/Irkutsk", "Иркутск"),
    ("Asia/Chita", "Чита"),
    ("Asia/Yakutsk", "Якутск"),
    ("Asia/Vladivostok", "Владивосток"),
    ("Asia/Magadan", "Магадан"),
    ("Asia/Sakhalin", "Южно-Сахалинск"),
    ("Asia/Kamchatka", "Петропавловск-Камчатский"),
]
INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def inn_is_right(inn: str) -> bool:
    """Whether the last digit of an organisation's ИНН agrees with the others."""
    return (
        len(inn) == 10
        and inn.isdigit()
        and sum(w * int(d) for w, d in zip(INN_WEIGHTS, inn, strict=False)) % 11 % 10 == int(inn[9])
    )


def ogrn_is_right(ogrn: str) -> bool:
    """Whether the last digit of an ОГРН agrees with the others."""
    return len(ogrn) == 13 and ogrn.isdigit() and int(ogrn[:12]) % 11 % 10 == int(ogrn[12])


def zone_choices() -> list[tuple[str, str]]:
    """Zones of Russia with their difference from Greenwich today."""
    now = timezone.now()
    hours = {name: int(now.astimezone(ZoneInfo(name)).utcoffset().total_seconds() // 3600) for name, _ in ZONES}
    return [(name, f"{label} (UTC+{hours[name]})") for name, label in ZONES]


def order_complaint(number: str | None, day: date | None, what: str) -> str | None:
    """Return what is wrong with the number and date of a signed order, or None."""
    if bool(number) != bool(day):
        return f"Укажите и номер, и дату приказа {what}"
    if day and day > timezone.localdate():
        return f"Дата приказа {what} ещё не наступила"
    return None


class SchoolForm(BaseModelForm):
    """Particulars that stand on papers and on the site."""

    name = forms.CharField(
        label="Полное название", max_length=300, help_text="Как в уставе: оно стоит в шапке приказов"
    )
    short_name = forms.CharField(label="Краткое название", max_length=120)
    city = forms.CharField(
        label="Город или село",
        max_length=80,
        help_text="Стоит под номером приказа. «г.» допишется само; село или посёлок напишите целиком: с. Троицкое",
    )
    region = forms.ChoiceField(
        label="Регион",
        required=False,
        choices=[("", "не указан"), *((name, name) for name in REGIONS)],
        initial=KALMYKIA,
        help_text="По нему предлагаются региональные акты правовой базы",
    )
    site = forms.URLField(
        label="Официальный сайт", required=False, assume_scheme="https", help_text="Полный адрес, с https://"
    )
    time_zone = forms.ChoiceField(label="Часовой пояс", choices=zone_choices, initial="Europe/Moscow")
    field_order = ["name", "short_name", "city", "region", "founder", "address", "inn", "ogrn", "site"]

    class Meta:
        model = School
        fields = [
            "founder",
            "address",
            "region",
            "inn",
            "ogrn",
            "site",
            "email",
            "phone",
            "main_suffix",
            "staff_suffix",
            "time_zone",
        ]
        labels = {
            "email": "E-mail школы",
            "main_suffix": "Окончание номеров приказов по основной деятельности",
            "staff_suffix": "Окончание номеров приказов по личному составу",
        }
        help_texts = {
            "founder": "Например: Администрация города Элисты",
            "main_suffix": "Например: -од. Номер выйдет таким: 41-од",
            "staff_suffix": "Например: -лс",
        }

    def __init__(self, *args, **kwargs):
        school = kwargs.get("instance")
        if school:
            own = {"name": school.name, "short_name": school.short_name, "city": school.city}
            kwargs["initial"] = own | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_inn(self):
        """Ten digits with the right checksum."""
        inn = self.cleaned_data["inn"]
        if inn and not inn_is_right(inn):
            raise forms.ValidationError("В ИНН опечатка: контрольная цифра не сходится")
        return inn

    def clean_ogrn(self):
        """Thirteen digits with the right checksum."""
        ogrn = self.cleaned_data["ogrn"]
        if ogrn and not ogrn_is_right(ogrn):
            raise forms.ValidationError("В ОГРН опечатка: контрольная цифра не сходится")
        return ogrn


class SchoolSettingsForm(VersionedMixin, SchoolForm):
    """The same with the signed orders and the version that was shown."""

    class Meta(SchoolForm.Meta):
        fields = [
            *SchoolForm.Meta.fields,
            "regulation_number",
            "regulation_date",
            "curator_number",
            "curator_date",
            "e_consents_number",
            "e_consents_date",
            "archive_source",
            "mentor_pay_name",
            "programs_by_grif",
            "help_urgent_days",
            "help_days",
        ]
        labels = SchoolForm.Meta.labels | {
            "regulation_number": "Номер приказа об утверждении Положения",
            "regulation_date": "Дата этого приказа",
            "curator_number": "Номер приказа о назначении куратора",
            "curator_date": "Дата приказа о кураторе",
            "e_consents_number": "Номер приказа о кадровом электронном документообороте",
            "e_consents_date": "Дата приказа об электронном документообороте",
            "archive_source": "Источник комплектования государственного или муниципального архива",
            "mentor_pay_name": "Как называется выплата за наставничество",
            "help_urgent_days": "Срочная просьба о помощи: ответить за столько рабочих дней",
            "help_days": "Обычная просьба о помощи: ответить за столько рабочих дней",
        }
        help_texts = SchoolForm.Meta.help_texts | {
            "regulation_number": "Без него ни одна программа не начнётся (п.\u00a03.1)",
            "archive_source": "Да — постоянные документы хранят постоянно; нет — до ликвидации организации",
            "mentor_pay_name": "Стоит в служебной записке о часах, например: стимулирующая выплата за наставничество",
            "help_days": "Срок стоит в каждой просьбе наставляемого; о просроченных узнаёт куратор (п.\u00a02.3)",
            "programs_by_grif": (
                "Директор подписывает титульный лист программы; приказ об утверждении программ тогда не нужен"
            ),
            "e_consents_number": "Если он есть, согласия можно давать в системе; иначе — на бумаге со сканом",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0

    def clean(self):
        """Every order has both number and date, and is signed already."""
        data = super().clean()
        for name, what in (
            ("regulation", "об утверждении Положения"),
            ("curator", "о кураторе"),
            ("e_consents", "об электронном документообороте"),
        ):
            if complaint := order_complaint(data.get(f"{name}_number"), data.get(f"{name}_date"), what):
                self.add_error(f"{name}_date", complaint)
        return data


class SchoolPartForm(SchoolSettingsForm):
    """Some fields of the same: whoever is asked for one number fills in one number."""

    def __init__(self, *args: Any, only: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*only, "version"}:
            del self.fields[name]


class DayOffForm(BaseForm):
    """A day of the calendar that differs from its weekday."""

    day = forms.DateField(label="День", widget=DateInput)
    name = forms.CharField(label="Название", max_length=120)
    kind = forms.ChoiceField(label="Что это за день", choices=DayOff.Kind.choices, widget=forms.RadioSelect)


class RegionalDaysForm(BaseForm):
    """The days of the region's holidays in one year, and one more holiday."""

    conditional = {"new_name", "new_day", "new_every"}
    new_name = forms.CharField(label="Ещё один праздник региона", max_length=100, required=False)
    new_day = forms.DateField(label="Его день", widget=DateInput, required=False)
    new_every = forms.BooleanField(label="Каждый год в этот день", required=False)

    def __init__(self, *args, year: int, holidays, days: dict[int, date | None], **kwargs):
        super().__init__(*args, **kwargs)
        self.year, self.holidays = year, list(holidays)
        own = {}
        for holiday in self.holidays:
            help_text = "" if holiday.month else "День устанавливают каждый год"
            field = forms.DateField(label=holiday.name, widget=DateInput, required=False, help_text=help_text)
            field.initial, vars(field)["quiet"] = days[holiday.pk], True
            replace_messages(field)
            own[f"day_{holiday.pk}"] = field
        self.fields = own | self.fields

    def clean(self):
        super().clean()
        data = self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and (day := data.get(name)) and day.year != self.year:
                self.add_error(name, f"Нужен день {self.year} года")
        if data.get("new_day") and not data.get("new_name"):
            self.add_error("new_name", "Назовите праздник")
        if data.get("new_every") and not data.get("new_day"):
            self.add_error("new_day", "Укажите день, который повторяется каждый год")
        return data

    def days(self) -> dict[int, date | None]:
        """Return the typed days by the keys of the holidays."""
        return {holiday.pk: self.cleaned_data.get(f"day_{holiday.pk}") for holiday in self.holidays}
