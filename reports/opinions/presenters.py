"""What pages of the union's opinions show."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rudate, ruday
from mentoring_site.ui.elements import Badge, Fact
from people.accounts.models import User
from people.rights import Right
from reports.opinions.models import UnionOpinion

TONES = {"agrees": "done", "proposes": "you", "disagrees": "late"}
CONSULT = (
    "Если школа не согласна с предложениями, в течение трёх дней после получения мнения проводят консультации;"
    " несогласие оформляют протоколом разногласий, после этого документ можно принять (ТК 372)."
)
SILENT = "Мнение в срок не поступило: документ можно принять без него (ТК 372)."


@dataclass(frozen=True)
class Row:
    """An opinion in the list."""

    title: str
    url: str
    sent: str
    due: str
    badge: Badge


def badge(opinion: UnionOpinion) -> Badge:
    """Return how an opinion stands."""
    if opinion.answer:
        return Badge(opinion.get_answer_display(), TONES[opinion.answer])  # type: ignore[arg-type]
    return Badge("в срок не поступило", "late") if opinion.is_silent() else Badge("ждут ответа", "others")


def row(opinion: UnionOpinion, user: User) -> Row:
    """Return a row of the list."""
    return Row(opinion.title, opinion.get_absolute_url(), ruday(opinion.sent_on), ruday(opinion.due_on), badge(opinion))


COLUMNS = ("Проект", "Направлен", "Ответ ждали до", "Ответ", "Дата мнения", "Что в нём сказано")


def cells(opinion: UnionOpinion, user: User) -> tuple:
    """Return the cells of a workbook."""
    return opinion.title, opinion.sent_on, opinion.due_on, badge(opinion).word, opinion.answered_on, opinion.words


def facts(opinion: UnionOpinion, user: User) -> list[Fact]:
    """Return what the page of an opinion shows."""
    late = opinion.answered_on and opinion.answered_on > opinion.due_on
    found = Fact.known(
        [
            ("Чьё мнение", opinion.organ.name),
            ("Проект направлен", f"{rudate(opinion.sent_on)}, {opinion.asked_by.person.short_name}"),
            ("Ответ ждут до", f"{rudate(opinion.due_on)} (пять рабочих дней)"),
            ("Ответ", opinion.get_answer_display() if opinion.answer else ""),
            (
                "Дата мнения",
                f"{rudate(opinion.answered_on)}{', после срока' if late else ''}"
                if late is not None and opinion.answered_on
                else "",
            ),
            ("Что в нём сказано", opinion.words),
        ]
    )
    if opinion.order_id and user.can(Right.ORDERS_SEE_ALL):
        found.insert(0, Fact("Проект приказа", opinion.title, url=reverse("reports:order", args=[opinion.order_id])))
    if opinion.paper:
        url = reverse("reports:opinion_paper", args=[opinion.pk])
        found.append(Fact("Бумага", opinion.paper.name, url=url))
    return found


def notes(opinion: UnionOpinion) -> list[str]:
    """Return what the law says of this answer, or of its absence."""
    if opinion.is_silent(timezone.localdate()):
        return [SILENT]
    return [CONSULT] if opinion.answer in ("proposes", "disagrees") else []
