"""What pages of minutes show: breadcrumbs, badges, rows of the list, questions, buttons, particulars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined, plural, rudate, ruday, rutime, school_year
from mentoring_site.scans import replaced, scan_words
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact, Tone
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.retention.rules import kept
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.council import agenda
from roadmap.council.documents import votes_words
from roadmap.council.matters import kind_of
from roadmap.council.models import AgendaItem, Minutes
from roadmap.council.quorum import attendance_words, members_of, quorum_of

State = Minutes.State
TONES: dict[str, Tone] = {
    State.PLANNED: "ahead",
    State.DRAFT: "draft",
    State.SIGNED: "done",
    State.CANCELLED: "stopped",
}
NEXT = {State.PLANNED: ("hold", "До заседания"), State.DRAFT: ("sign", "До подписания")}
"""The step whose readiness the page shows, and the heading above it."""
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
    quorum: str = ""
    recused: str = ""
    lacks_quorum: bool = False


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of minutes."""
    return [Crumb("Протоколы", reverse("roadmap:minutes_list")), *more]


def short_title(minutes: Minutes) -> str:
    """Return «№ 3 от 30 августа», «заседание 5 декабря»."""
    return minutes.heading


def crumbs_of(minutes: Minutes, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below a meeting's page."""
    return crumbs(Crumb(short_title(minutes), minutes.get_absolute_url()), Crumb(last))


def badge(minutes: Minutes) -> Badge:
    """Return the state of minutes by word and shape."""
    return Badge(minutes.get_state_display(), TONES[minutes.state])


def list_row(minutes: Minutes, user: User) -> MinutesRow:
    """Return the line of minutes with prefetched items."""
    return MinutesRow(
        title=f"№\u00a0{minutes.number} от\u00a0{rudate(minutes.held_on)}"
        if minutes.number
        else f"Заседание {ruday(minutes.held_on)}",
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


def next_heading(minutes: Minutes) -> str:
    """Return the heading above what the next step requires."""
    return NEXT[State(minutes.state)][1] if minutes.state in NEXT else ""


def is_editable(minutes: Minutes, user: User) -> bool:
    """Whether the user may change the minutes now."""
    return minutes.state in NEXT and user.can(Right.MINUTES_WRITE)


def checks(minutes: Minutes, user: User) -> list[Check]:
    """Return what the next step requires; links for those who may change it."""
    if minutes.state not in NEXT:
        return []
    found = readiness(minutes, NEXT[State(minutes.state)][0])
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
    if minutes.state == State.PLANNED:
        return _planned(minutes, user)
    if is_editable(minutes, user):
        found += [link("edit", "Править сведения о заседании"), link("discard", "Удалить проект")]
    elif minutes.state == State.SIGNED and user.can(Right.MINUTES_WRITE):
        found.append(link("scan", scan_words(minutes.scan)))
    return found


def _planned(minutes: Minutes, user: User) -> list[Action]:
    """Return the buttons of a meeting to come: invite first, after its day write down who was there."""
    if not user.can(Right.MINUTES_WRITE):
        return []

    def at(name: str) -> str:
        return reverse(f"roadmap:meeting_{name}", args=[minutes.pk])

    past = minutes.held_on <= timezone.localdate()
    found = []
    if minutes.invited_at is None and not past:
        found.append(Action("invite", "Разослать приглашения", at("invite"), primary=True))
    if hold := action(minutes, "hold", user, at("hold"), primary=past):
        early = () if past else ("День заседания ещё не наступил",)
        found.append(replace(hold, reasons=early or hold.reasons, enabled=hold.enabled and past))
    found.append(Action("replan", "День, время и место", at("replan")))
    if cancel := action(minutes, "cancel", user, at("cancel")):
        found.append(cancel)
    return found


def meeting_facts(minutes: Minutes) -> list[Fact]:
    """Return what a meeting's page shows above the questions."""
    found = Fact.known(
        [
            ("Орган", minutes.body),
            ("Дата заседания", rudate(minutes.held_on)),
            ("Начало", rutime(minutes.held_at) if minutes.held_at else ""),
            ("Приглашения", f"разосланы {ruday(minutes.invited_at)}" if minutes.invited_at else ""),
            ("Почему отменено", minutes.cancel_reason),
            ("Место", minutes.place),
            ("Председатель", minutes.chair.full_name if minutes.chair else ""),
            ("Секретарь", minutes.secretary.full_name if minutes.secretary else ""),
            ("Состав", attendance_words(minutes) if minutes.state != State.PLANNED else _members(minutes)),
            ("Присутствовали", _people(minutes.present.all(), minutes.invited)),
            ("Отсутствовали", _people(minutes.absent.all(), minutes.absent_words)),
            ("Подписан", ruday(minutes.signed_on) if minutes.signed_on else ""),
            ("Хранить", str(kept("minutes", minutes.held_on)) if minutes.signed_on else ""),
        ]
    )
    if minutes.scan:
        url = reverse("roadmap:minutes_scan_file", args=[minutes.pk])
        found += [Fact("Скан", minutes.scan.name, url=url), *replaced(minutes, "scan", url)]
    return found


def _members(minutes: Minutes) -> str:
    return ", ".join(person.short_name for person in members_of(minutes)) or "не записан: кворум не считается"


def _people(persons: Iterable[Any], words: str) -> str:
    return "; ".join(filter(None, [", ".join(person.short_name for person in persons), words]))


def item_cards(minutes: Minutes, user: User) -> list[ItemCard]:
    """Return the questions with what they decide on; the signed ones lead on to the record of the decision."""
    rows = minutes.items.prefetch_related(
        "programs__pairing__participations", "pairings__participations__person", "recused", "matters__object"
    )
    editable = is_editable(minutes, user)
    return [
        _with_quorum(
            minutes,
            ItemCard(
                item,
                votes_words(item.votes_for, item.votes_against, item.votes_abstained),
                [
                    *(_program_matter(program, minutes, user) for program in item.programs.all()),
                    *(_pairing_matter(pairing, minutes, user) for pairing in item.pairings.all()),
                    *(_other_matter(matter.object) for matter in item.matters.all() if matter.object),
                ],
                edit_url=reverse("roadmap:item_edit", args=[minutes.pk, item.pk]) if editable else "",
                drop_url=reverse("roadmap:item_drop", args=[minutes.pk, item.pk]) if editable else "",
            ),
        )
        for item in rows
    ]


def _with_quorum(minutes: Minutes, card: ItemCard) -> ItemCard:
    """Add the quorum of a question, once it is known who was there; who is left out is said before too."""
    if minutes.facts is not None:  # what was signed, as it stands on the paper
        said: dict[str, Any] = next((one for one in minutes.facts["items"] if one["number"] == card.item.number), {})
        names = said.get("interested", "")
        return replace(card, recused=f"В голосовании не участвовали, вопрос их касается: {names}" if names else "")
    if (quorum := quorum_of(minutes, card.item)) is None:
        return card
    card = replace(card, recused=quorum.recused_words)
    if minutes.state != State.DRAFT:
        return card
    return replace(card, quorum=quorum.words, lacks_quorum=not quorum.reached)


def _other_matter(thing: Any) -> Matter:
    kind = kind_of(thing)
    return Matter(kind.label(thing), kind.address(thing)) if kind else Matter(str(thing), "")


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
