"""What the pages of the legal base show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rudate, rushort
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact
from people.rights import Right
from roadmap.legal_base.acts import unfit_for_check
from roadmap.legal_base.models import LegalAct

LIST_TITLE = "Правовая база"


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of acts."""
    return [Crumb(LIST_TITLE, reverse("roadmap:legal_acts")), *more]


def crumbs_of(act: LegalAct, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below that of an act."""
    return crumbs(Crumb(act.short_name, act.get_absolute_url()), Crumb(last))


def badge(act: LegalAct) -> Badge:
    """Return in a word whether papers may cite the act today."""
    today = timezone.localdate()
    if act.has_open_doubt:
        return Badge("под сомнением", "late")
    if act.in_force_on(today):
        return Badge("действует", "done")
    return Badge("ещё не действует", "ahead") if act.since and today < act.since else Badge("не действует", "stopped")


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    key: int
    url: str
    ref: str
    kind: str
    title: str
    level: str
    term: str
    badge: Badge


def term_words(act: LegalAct) -> str:
    """«с 01.03.2026, не действует с 01.03.2028», or an empty string."""
    parts = [
        f"с {rushort(act.since)}" if act.since else "",
        f"не действует с {rushort(act.ends_on)}" if act.ends_on else "",
    ]
    return ", ".join(filter(None, parts))


def row(act: LegalAct, user: Any) -> Row:
    """Return a line of the list."""
    level = "методические рекомендации" if act.is_guidance else act.get_level_display()
    title = "" if act.is_code else act.title
    first = act.title if act.is_code else act.kind
    return Row(act.pk, act.get_absolute_url(), act.ref, first, title or act.note, level, term_words(act), badge(act))


WORKBOOK_COLUMNS = (
    "Уровень",
    "Вид",
    "Номер",
    "Дата",
    "Редакция",
    "Название",
    "Статьи",
    "Действует с",
    "Не действует с",
    "Чем заменён",
    "Назван в п. 1.1 Положения",
    "Сверен",
    "Примечание",
    "Сомнение",
    "Как решено",
    "Ссылка",
)


def cells(act: LegalAct, user: Any) -> list[Any]:
    """Return the cells of an act in the workbook."""
    return [
        "методические рекомендации" if act.is_guidance else act.get_level_display(),
        act.kind,
        act.number,
        act.date,
        act.edition,
        act.title,
        ", ".join(article.number for article in act.article_list),
        act.since,
        act.ends_on,
        act.replaced_by.short_name if act.replaced_by else "",
        "да" if act.in_regulation else "",
        act.checked_on,
        act.note,
        act.doubt,
        act.settled,
        act.url,
    ]


def facts(act: LegalAct) -> list[Fact]:
    """Return what is known of an act."""
    found = [
        ("Уровень", act.get_level_display()),
        ("Что это", "методические рекомендации" if act.is_guidance else "нормативный акт"),
        ("В редакции от", rudate(act.edition) if act.edition else ""),
        ("Действует с", rudate(act.since) if act.since else ""),
        ("Не действует с", rudate(act.ends_on) if act.ends_on else ""),
        ("Почему", act.end_reason),
        ("Назван в пункте 1.1 Положения", "да" if act.in_regulation else ""),
        ("Сверен с официальным текстом", rudate(act.checked_on) if act.checked_on else ""),
        ("Примечание", act.note),
        ("Ошибочное написание", act.misprint),
        ("На сайте", "" if act.is_public else "не показывается"),
    ]
    rows = Fact.known(found)
    if act.url:
        rows.append(Fact("Текст", act.url, url=act.url))
    if act.replaced_by:
        rows.append(Fact("Заменён", act.replaced_by.short_name, url=act.replaced_by.get_absolute_url()))
    rows += [Fact("Заменил", old.short_name, url=old.get_absolute_url()) for old in act.replaces.all()]
    return rows


def settlement(act: LegalAct) -> str:
    """Return who has settled the doubt and when: «Эрднеев С. В., 12 сентября 2026 г.»."""
    if act.settled_at is None or act.settled_by is None:
        return ""
    return f"{act.settled_by.person.short_name}, {rudate(act.settled_at)}"


def may_check(act: LegalAct, user: Any) -> bool:
    """Whether the user may write down today that the act was compared with its official text."""
    fit = act.checked_on != timezone.localdate() and not unfit_for_check(act)
    return user.can(Right.LEGAL_BASE_EDIT) and fit


def actions(act: LegalAct, user: Any) -> list[Action]:
    """Return the buttons of an act's page; what waits for the user comes first."""
    found = []
    if act.has_open_doubt and user.can(Right.LEGAL_BASE_SETTLE):
        found.append(
            Action("settle", "Решить сомнение", reverse("roadmap:legal_act_settle", args=[act.pk]), primary=True)
        )
    if user.can(Right.LEGAL_BASE_EDIT):
        found.append(Action("edit", "Изменить", reverse("roadmap:legal_act_edit", args=[act.pk])))
        name, words = ("revive", "Снова действует") if act.ends_on else ("end", "Утратил силу")
        found.append(Action(name, words, reverse(f"roadmap:legal_act_{name}", args=[act.pk])))
    return found
