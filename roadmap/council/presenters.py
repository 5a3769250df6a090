"""What pages of minutes show: breadcrumbs, badges, rows of the list, questions, buttons, particulars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from mentoring_site.russian import joined, plural, rudate, ruday, school_year
from mentoring_site.scans import replaced, scan_words
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact, Tone
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.council import agenda
from roadmap.council.documents import votes_words
from roadmap.council.models import AgendaItem, Minutes

State = Minutes.State
TONES: dict[str, Tone] = {State.DRAFT: "draft", State.SIGNED: "done"}
SAID_BELOW = ("Чего не хватает, сказано ниже",)


@dataclass(frozen=True)
class MinutesRow:
    """A line of the list of minutes."""

    title: str
    url: str
    body: str
    badge: Badge
    year: str
    items: list[str]


@dataclass(frozen=True)
class Matter:
    """A program or pair on which a question decides; ``decide_url`` leads to the record of the decision."""

    words: str
    url: str
    decide_url: str = ""


@dataclass(frozen=True)
class ItemCard:
    """A question of the agenda; of a draft that the user may write with the addresses of its changes."""

    item: AgendaItem
    votes: str
    matters: Sequence[Matter]
    edit_url: str = ""
    drop_url: str = ""


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of minutes."""
    return [Crumb("Протоколы", reverse("roadmap:minutes_list")), *more]


def short_title(minutes: Minutes) -> str:
    """Return «№ 3 от 30 августа»."""
    return f"№\u00a0{minutes.number} от {ruday(minutes.held_on)}"


def crumbs_of(minutes: Minutes, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below a meeting's page."""
    return crumbs(Crumb(short_title(minutes), minutes.get_absolute_url()), Crumb(last))


def badge(minutes: Minutes) -> Badge:
    """Return the state of minutes by word and shape."""
    return Badge(minutes.get_state_display(), TONES[minutes.state])


def list_row(minutes: Minutes, user: User) -> MinutesRow:
    """Return the line of minutes with prefetched items."""
    return MinutesRow(
        title=f"№\u00a0{minutes.number} от\u00a0{rudate(minutes.held_on)}",
        url=minutes.get_absolute_url(),
        body=minutes.body,
        badge=badge(minutes),
        year=school_year(minutes.school_year),
        items=[str(item) for item in minutes.items.all()],
    )


WORKBOOK_COLUMNS = (
    "Чьё заседание",
    "Протокол №",
    "Учебный год",
    "Дата заседания",
    "Повестка",
    "Решения",
    "Председатель",
    "Секретарь",
    "Состояние",
    "Подписан",
    "Скан",
)


def workbook_cells(minutes: Minutes, user: User) -> tuple[Any, ...]:
    """Return the cells of minutes under ``WORKBOOK_COLUMNS``."""
    items = list(minutes.items.all())
    return (
        minutes.body,
        minutes.number,
        school_year(minutes.school_year, full=True),
        minutes.held_on,
        "\n".join(str(item) for item in items),
        "\n".join(f"{item.number}. {item.decided}" for item in items),
        minutes.chair.full_name if minutes.chair else "",
        minutes.secretary.full_name if minutes.secretary else "",
        minutes.get_state_display(),
        minutes.signed_on,
        bool(minutes.scan_id),
    )


def queue_words() -> str:
    """Return what waits for the council, «2 программы и 1 пара или группа», or an empty string."""
    programs, pairings = agenda.waiting_programs().count(), agenda.waiting_pairings().count()
    return joined(
        [
            plural(programs, "программа,программы,программ") if programs else "",
            plural(pairings, "пара или группа,пары и группы,пар и групп") if pairings else "",
        ]
    )


def is_editable(minutes: Minutes, user: User) -> bool:
    """Whether the user may change the minutes now."""
    return minutes.state == State.DRAFT and user.can(Right.MINUTES_WRITE)


def checks(minutes: Minutes, user: User) -> list[Check]:
    """Return what the signing of a draft requires; links for those who may change it."""
    if minutes.state != State.DRAFT:
        return []
    found = readiness(minutes, "sign")
    if is_editable(minutes, user):
        return found
    return [replace(check, url="", link="", waiting=not check.met) for check in found]


def actions(minutes: Minutes, user: User) -> list[Action]:
    """Return the buttons of a meeting's page."""

    def link(name: str, label: str) -> Action:
        return Action(name, label, reverse(f"roadmap:minutes_{name}", args=[minutes.pk]))

    found = []
    if sign := action(minutes, "sign", user, reverse("roadmap:minutes_sign", args=[minutes.pk]), primary=True):
        found.append(replace(sign, reasons=SAID_BELOW) if sign.reasons else sign)
    if is_editable(minutes, user):
        found += [link("edit", "Править сведения о заседании"), link("discard", "Удалить проект")]
    elif minutes.state == State.SIGNED and user.can(Right.MINUTES_WRITE):
        found.append(link("scan", scan_words(minutes.scan)))
    return found


def meeting_facts(minutes: Minutes) -> list[Fact]:
    """Return what a meeting's page shows above the questions."""
    found = Fact.known(
        [
            ("Орган", minutes.body),
            ("Дата заседания", rudate(minutes.held_on)),
            ("Место", minutes.place),
            ("Председатель", minutes.chair.full_name if minutes.chair else ""),
            ("Секретарь", minutes.secretary.full_name if minutes.secretary else ""),
            ("Присутствовали", _people(minutes.present.all(), minutes.invited)),
            ("Отсутствовали", _people(minutes.absent.all(), minutes.absent_words)),
            ("Подписан", ruday(minutes.signed_on) if minutes.signed_on else ""),
        ]
    )
    if minutes.scan:
        url = reverse("roadmap:minutes_scan_file", args=[minutes.pk])
        found += [Fact("Скан", minutes.scan.name, url=url), *replaced(minutes, "scan", url)]
    return found


def _people(persons: Iterable[Any], words: str) -> str:
    return "; ".join(filter(None, [", ".join(person.short_name for person in persons), words]))


def item_cards(minutes: Minutes, user: User) -> list[ItemCard]:
    """Return the questions with what they decide on; the signed ones lead on to the record of the decision."""
    rows = minutes.items.prefetch_related("programs", "pairings__participations__person")
    editable = is_editable(minutes, user)
    return [
        ItemCard(
            item,
            votes_words(item.votes_for, item.votes_against, item.votes_abstained),
            [
                *(_program_matter(program, minutes, user) for program in item.programs.all()),
                *(_pairing_matter(pairing, minutes, user) for pairing in item.pairings.all()),
            ],
            edit_url=reverse("roadmap:item_edit", args=[minutes.pk, item.pk]) if editable else "",
            drop_url=reverse("roadmap:item_drop", args=[minutes.pk, item.pk]) if editable else "",
        )
        for item in rows
    ]


def _program_matter(program: Program, minutes: Minutes, user: User) -> Matter:
    waits = minutes.state == State.SIGNED and program.state == Program.State.SUBMITTED
    decides = waits and user.can(Right.PROGRAMS_AGREE)
    url = reverse("programs:program_agree", args=[program.pk]) if decides else ""
    return Matter(program.title, program.get_absolute_url(), url)


def _pairing_matter(pairing: Pairing, minutes: Minutes, user: User) -> Matter:
    waits = minutes.state == State.SIGNED and pairing.state == Pairing.State.PROPOSED
    decides = waits and user.can(Right.PAIRINGS_RECOMMEND)
    url = reverse("programs:pairing_recommend", args=[pairing.pk]) if decides else ""
    pairing.people = list(pairing.participations.all())
    return Matter(pairing_title(pairing), pairing.get_absolute_url(), url)
