"""The school's particulars by parts, each a short form of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import plural, rudate
from people.school.models import School

DAYS = "рабочий день,рабочих дня,рабочих дней"


@dataclass(frozen=True)
class SchoolPart:
    """One thing of the particulars: its fields, its present value in words, what it is for."""

    name: str
    label: str
    fields: tuple[str, ...]
    value: Callable[[School], str]
    why: str = ""


def _order(number: str, date: str) -> Callable[[Any], str]:
    def words(school: Any) -> str:
        day = getattr(school, date)
        return f"от {rudate(day)} № {getattr(school, number)}" if day else ""

    return words


PARTS = (
    SchoolPart("name", "Название", ("name", "short_name", "city"), lambda s: s.short_name, "Стоит в шапке приказов"),
    SchoolPart("founder", "Учредитель", ("founder",), lambda s: s.founder),
    SchoolPart("address", "Адрес", ("address",), lambda s: s.address),
    SchoolPart("inn", "ИНН и ОГРН", ("inn", "ogrn"), lambda s: ", ".join(filter(None, [s.inn, s.ogrn]))),
    SchoolPart("phone", "Телефон", ("phone",), lambda s: s.phone),
    SchoolPart("email", "E-mail школы", ("email",), lambda s: s.email),
    SchoolPart("site", "Официальный сайт", ("site",), lambda s: s.site),
    SchoolPart(
        "region",
        "Регион и часовой пояс",
        ("region", "time_zone"),
        lambda s: s.region,
        "По региону предлагаются его правовые акты и праздники",
    ),
    SchoolPart(
        "regulation",
        "Приказ об утверждении Положения",
        ("regulation_number", "regulation_date"),
        _order("regulation_number", "regulation_date"),
        "Без него ни одна программа не начнётся (п.\u00a03.1)",
    ),
    SchoolPart(
        "curator",
        "Приказ о назначении куратора",
        ("curator_number", "curator_date"),
        _order("curator_number", "curator_date"),
    ),
    SchoolPart(
        "e-consents",
        "Приказ о кадровом электронном документообороте",
        ("e_consents_number", "e_consents_date"),
        _order("e_consents_number", "e_consents_date"),
        "Если он есть, согласия можно давать в системе; иначе — на бумаге со сканом",
    ),
    SchoolPart(
        "numbers",
        "Номера приказов",
        ("main_suffix", "staff_suffix"),
        lambda s: ", ".join(filter(None, [s.main_suffix, s.staff_suffix])),
    ),
    SchoolPart(
        "archive",
        "Источник комплектования архива",
        ("archive_source",),
        lambda s: s.get_archive_source_display() if s.archive_source else "",
        "От этого зависит, сколько хранить постоянные документы",
    ),
    SchoolPart("pay", "Как называется выплата за наставничество", ("mentor_pay_name",), lambda s: s.mentor_pay_name),
    SchoolPart(
        "programs",
        "Как утверждают программы",
        ("programs_by_grif",),
        lambda s: "подписью на титульном листе" if s.programs_by_grif else "приказом директора",
    ),
    SchoolPart(
        "help",
        "Срок ответа на просьбу о помощи",
        ("help_urgent_days", "help_days"),
        lambda s: f"срочно — {plural(s.help_urgent_days, DAYS)}, обычно — {plural(s.help_days, DAYS)}",
        "За сколько рабочих дней наставник отвечает наставляемому (п.\u00a02.3)",
    ),
)


def part_url(name: str, back: str = "") -> str:
    """Return the address of a short form; ``back`` is where it comes back to."""
    url = reverse("people:school_part", args=[name])
    return f"{url}?{urlencode({'next': back})}" if back else url
