"""What the page of a pair shows to whom: stages, readiness, acts, people, history.

A wish never reaches the other side.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.help import about as help_about
from mentoring_site.models import Act
from mentoring_site.russian import joined, period, ruday, rutime, school_year, term
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact, Tone
from mentoring_site.workflow import FRESH_ACCESS, Complaint, action
from people.accounts.models import User
from people.banks.models import Statement
from people.language.names import agree
from people.promises import Promise
from people.register.models import Person
from people.rights import Right
from people.roles.instead import decides
from programs.pairings import page_actions
from programs.pairings.acts import missing_for_order, sees_wish
from programs.pairings.choice_presenters import FitCard, fit_card
from programs.pairings.models import Pairing, Participation
from programs.pairings.reminders import awaits_council, may_remind
from programs.pairings.rules import (
    PAIRING,
    RIGHT_OF_LINK,
    duties,
    mentees_of,
    mentor_of,
    pairing_title,
    parties,
    processing,
    recommended,
    topics,
    wishes,
)
from programs.pairings.stages import stage_line
from programs.pairings.successors import is_open_to_others, successors

State = Pairing.State
WORDS: dict[str, str] = {
    State.RECOMMENDED: "рекомендована советом",
    State.ASSIGNED: "закреплена",
    State.DISSOLVED: "завершена",
    State.DECLINED: "не сложилась",
    State.WITHDRAWN: "предложение снято",
}
TONES: dict[str, Tone] = {
    State.PROPOSED: "others",
    State.RECOMMENDED: "others",
    State.ASSIGNED: "done",
    State.DISSOLVED: "done",
    State.DECLINED: "stopped",
    State.WITHDRAWN: "stopped",
}
REMIND = "Напомнить"
ABOUT = {wishes: "answer", processing: "processing", duties: "duties"}


def state_words(pairing: Pairing) -> str:
    """Return where the pairing stands in words of the school: «ждёт ответов», «ждёт методического совета»."""
    if pairing.state == State.PROPOSED:
        return "ждёт методического совета" if all(p.wish for p in pairing.people) else "ждёт ответов"
    return WORDS[pairing.state]


def badge(pairing: Pairing, user: User) -> Badge:
    """Return the state as a badge; it turns to the user when the user's own answer is awaited."""
    if pairing.state in Pairing.OPEN_STATES and any(
        p.person_id == user.person_id and not p.wish for p in pairing.people
    ):
        return Badge("ждёт Вашего ответа", "you")
    return Badge(state_words(pairing), TONES[pairing.state])


@dataclass(frozen=True)
class PairingRow:
    """A line of the list."""

    key: int
    url: str
    mentor: str
    mentees: str
    kind: str
    badge: Badge
    departments: str
    since: date | None
    move: str
    until: date | None


def row(pairing: Any, user: User) -> PairingRow:
    """Return one line of the list; reads ``with_people()`` and ``with_since()``."""
    mentor = mentor_of(pairing)
    return PairingRow(
        key=pairing.pk,
        url=pairing.get_absolute_url(),
        mentor=mentor.person.short_name if mentor else "без наставника",
        mentees=joined([mentee.person.short_name for mentee in mentees_of(pairing)]),
        kind=pairing.get_kind_display(),
        badge=badge(pairing, user),
        departments=departments_of(pairing),
        since=pairing.since,
        move=move_words(pairing),
        until=pairing.planned_to,
    )


def move_words(pairing: Pairing) -> str:
    """Return whose move it is: «ответят Очирова С. Д. и Бадмаев С. И.»."""
    if pairing.state == State.PROPOSED:
        silent = [p.person.short_name for p in pairing.people if not p.wish]
        return f"ответ: {joined(silent)}" if silent else "методический совет"
    return "куратор: приказ" if pairing.state == State.RECOMMENDED else ""


def departments_of(pairing: Pairing) -> str:
    """Return the departments where the people of the pair work, in words."""
    posts = [p.employment for p in pairing.people if p.employment]
    return ", ".join(sorted({post.department.name for post in posts if post.department}))


def crumbs(pairing: Pairing, last: str = "") -> list[Crumb]:
    """Return the way to a pairing's page or to a page below it."""
    way = [
        Crumb("Пары и группы", reverse("programs:pairings")),
        Crumb(pairing_title(pairing), pairing.get_absolute_url() if last else None),
    ]
    return [*way, Crumb(last)] if last else way


def page(pairing: Pairing, user: User) -> dict:
    """Return the whole context of a pairing's page."""
    program = pairing.programs.order_by("-pk").first()
    inside = any(p.person_id == user.person_id for p in pairing.people)
    sees_all = Promise.PAIRING_REASONS.opens_to(user)
    opened = pairing.state in Pairing.OPEN_STATES
    return {
        "pairing": pairing,
        "title": pairing_title(pairing),
        "badge": badge(pairing, user),
        "crumbs": crumbs(pairing),
        "stages": stage_line(pairing, program, order_next=_only_order_missing(pairing)),
        "checks": checks(pairing, user) if opened else [],
        "actions": actions(pairing, user),
        "people": [_person(p, pairing, user) for p in pairing.people],
        "facts": _facts(pairing),
        "why": pairing.why if sees_all and not inside else "",
        "reason": pairing.reason if sees_all and not inside else "",
        "closed": pairing.state in Pairing.CLOSED_STATES,
        "entries": history(pairing, user, inside, sees_all),
        "instead": _instead(pairing, user) if not inside else [],
        "seconds": _seconds(pairing) if sees_all and not inside and pairing.state in Pairing.LIVE_STATES else "",
        "answers_open": sees_all and not inside,
        "answer_readers": Promise.ANSWER.readers,
        "program": (
            {"title": program.title, "url": program.get_absolute_url(), "state": program.get_state_display()}
            if program
            else None
        ),
    }


def _instead(pairing: Pairing, user: User) -> list[tuple[FitCard, bool]]:
    """Return who may be proposed instead after a refusal, the kept second mentor first."""
    if not user.can(Right.PAIRINGS_PROPOSE) or not is_open_to_others(pairing):
        return []
    keys = [("mentee", p.candidate_id) for p in mentees_of(pairing)]
    address = f"{reverse('programs:pairing_propose')}?{urlencode(keys)}"
    return [(fit_card(one.fit, address), one.kept) for one in successors(user, pairing)]


def _seconds(pairing: Pairing) -> str:
    """Name the mentors in reserve: for those who lead the choice, not for the pair."""
    names = Person.objects.filter(candidates__in=[p.second_id for p in mentees_of(pairing) if p.second_id])
    return joined(sorted(person.short_name for person in names.distinct()))


def _only_order_missing(pairing: Pairing) -> bool:
    appointing = [p.candidate_id for p in pairing.people]
    return pairing.state == State.RECOMMENDED and not missing_for_order(pairing, appointing=appointing)


def checks(pairing: Pairing, user: User) -> list[Check]:
    """Return the readiness light of the order: what is met, what is missing, whose move it is, a link and a reminder.

    A participant sees oneself and the steps of others who decide, not what the other participants have yet to bring.
    """
    sees_all = user.can(Right.PAIRINGS_SEE_ALL)
    turn = (recommended if pairing.topics_confirmed_at else topics) if awaits_council(pairing) else None
    reminds = may_remind(user)
    found: list[Check] = []
    for condition in PAIRING["assign"].requirements:
        missing, about = condition.complaints(pairing), ABOUT.get(condition)
        if not sees_all and about:
            missing = [c for c in missing if c.remind == user.person_id]
        lines = [_check(c, about, pairing, user) for c in missing]
        if lines and condition is turn and reminds and not lines[-1].url:
            url = reverse("programs:pairing_remind_council", args=[pairing.pk])
            lines[-1] = replace(lines[-1], post_url=url, post_link=REMIND)
        if not missing and (sees_all or not about):
            lines = [Check(True, condition.met)]
        found += lines
    return sorted(found, key=lambda check: check.met)


def _check(complaint: Complaint, about: str | None, pairing: Pairing, user: User) -> Check:
    """Return a missing thing with the link and the reminder that the user may follow."""
    who, url, link, post_url = complaint.who, complaint.url, complaint.link, ""
    participation = next((p for p in pairing.people if p.person_id == complaint.remind), None)
    own = participation is not None and participation.person_id == user.person_id
    if own and about in {"processing", "duties"}:
        link = link if user.can(RIGHT_OF_LINK[link]) else "Дать согласие"
    elif not user.can(RIGHT_OF_LINK.get(link, "")):
        url = link = ""
    if own and about == "answer":
        url, link = reverse("programs:pairing_answer", args=[pairing.pk]), "Ответить"
    elif participation and may_remind(user):
        if participation.reminded_at and timezone.localdate(participation.reminded_at) == timezone.localdate():
            who = f"{who}. Сегодня напомнили в {rutime(participation.reminded_at)}"
        else:
            post_url = reverse("programs:pairing_remind", args=[pairing.pk, participation.pk, about])
    return Check(False, complaint.text, who, url, link, waiting=not url, post_url=post_url, post_link=REMIND)


def actions(pairing: Pairing, user: User) -> list[Action]:
    """Return the buttons of the page, the one main act first."""

    def at(name: str) -> str:
        return reverse(f"programs:pairing_{name}", args=[pairing.pk])

    mine = next((p for p in pairing.people if p.person_id == user.person_id), None)
    found: list[Action | None] = []
    if mine and pairing.state in Pairing.OPEN_STATES:
        label = "Изменить ответ" if mine.wish else "Ответить"
        found.append(Action("answer", label, at("answer"), primary=not mine.wish))
    waits = pairing.state == State.PROPOSED and not pairing.topics_confirmed_at
    if waits and decides(user, Right.PAIRINGS_TOPICS, parties(pairing)):
        found.append(Action("topics", "Подтвердить темы", at("topics"), primary=True))
    found.append(action(pairing, "recommend", user, at("recommend"), primary=bool(pairing.topics_confirmed_at)))
    if user.can(Right.ORDERS_DRAFT) and pairing.state == State.RECOMMENDED:
        missing = missing_for_order(pairing, appointing=[p.candidate_id for p in pairing.people])
        url = f"{reverse('reports:order_new')}?kind=assignment&pairing={pairing.pk}"
        reasons = tuple(c.text for c in missing)
        found.append(
            Action(
                "order",
                "Подготовить приказ",
                url,
                primary=True,
                enabled=not reasons,
                reasons=reasons,
                help=help_about(__name__),
            )
        )
    found += _together(pairing, user)
    found += page_actions.actions_for(pairing, user)
    if user.can(Right.PAPERS_SEE_ALL):
        found.append(Action("package", "Пакет документов", reverse("reports:pairing_package", args=[pairing.pk])))
    for name in ("decline", "withdraw"):
        button = action(pairing, name, user, at(name))
        found.append(button and replace(button, danger=True))
    return [button for button in found if button]


def _together(pairing: Pairing, user: User) -> list[Action]:
    """Return the buttons that record for several people at once what each would bring alone."""
    found = []
    silent = [p for p in pairing.people if not p.wish and p.person_id != user.person_id]
    if (
        silent
        and pairing.state in Pairing.OPEN_STATES
        and decides(user, Right.PAIRINGS_ANSWER_FOR_OTHERS, parties(pairing))
    ):
        url = reverse("programs:pairing_answers", args=[pairing.pk])
        found.append(Action("answers", "Записать ответы со слов", url))
    if (
        pairing.state in Pairing.OPEN_STATES
        and user.can(Right.CONSENTS_RECORD)
        and not all(p.has_duties for p in pairing.people)
    ):
        url = reverse("programs:pairing_duties", args=[pairing.pk])
        found.append(Action("duties", "Записать согласия на обязанности", url))
    return found


@dataclass(frozen=True)
class PersonRow:
    """One person of the pairing: post, part, what may be known of the answer."""

    name: str
    url: str
    part: str
    post: str
    answer: str
    reason: str
    answer_url: str
    answer_link: str


def _person(participation: Participation, pairing: Pairing, user: User) -> PersonRow:
    person, employment = participation.person, participation.employment
    department = employment.department.name if employment and employment.department else ""
    sees = sees_wish(user, participation, pairing)
    for_another = (
        sees
        and pairing.state in Pairing.OPEN_STATES
        and user.person_id != participation.person_id
        and user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS)
    )
    return PersonRow(
        name=person.full_name,
        url=person.get_absolute_url(),
        part=participation.part_word,
        post=", ".join(filter(None, [employment.post, department])) if employment else "",
        answer=_answer(participation, pairing, user),
        reason=participation.wish_reason if sees else "",
        answer_url=reverse("programs:pairing_answer_for", args=[pairing.pk, participation.pk]) if for_another else "",
        answer_link="Исправить ответ" if participation.wish else "Записать ответ",
    )


def _answer(participation: Participation, pairing: Pairing, user: User) -> str:
    not_yet = agree(participation.person.gender, "ещё не ответил")
    if pairing.from_paper:
        return "внесено с бумаги"
    if sees_wish(user, participation, pairing):
        return {"yes": "хочет работать вместе", "no": "не хочет"}.get(participation.wish, not_yet)
    if pairing.state in Pairing.CLOSED_STATES:
        return "—"
    return agree(participation.person.gender, "ответил") if participation.wish else not_yet


def _facts(pairing: Pairing) -> list[Fact]:
    topics = joined([t.name for t in pairing.topics.all()])
    note = (
        f"подтверждены советом {ruday(pairing.topics_confirmed_at)}"
        if pairing.topics_confirmed_at
        else "ещё не подтверждены советом"
    )
    start, end = pairing.planned_from, pairing.planned_to
    return [
        Fact("Вид", pairing.get_kind_display(), term="pair"),
        Fact("Темы", topics or "не указаны", note, term="topics"),
        Fact("Учебный год", school_year(pairing.school_year)),
        Fact("Срок", period(start, end), term(start, end) if end else ""),
        Fact("Протокол совета", _paper(pairing.minutes_number, pairing.minutes_date), term="recommendation"),
        Fact("Приказ о закреплении", _paper(pairing.order_number, pairing.order_date)),
        *([Fact("Закреплена с", ruday(pairing.assigned_on))] if pairing.assigned_on else []),
        *([Fact("Завершена", ruday(pairing.ended_on))] if pairing.ended_on else []),
    ]


def _paper(number: str, day: date | None) -> str:
    return f"№\u00a0{number} от\u00a0{ruday(day)}" if number else "ещё нет"


def history(pairing: Pairing, user: User, inside: bool, sees_all: bool) -> list[dict]:
    """Return the history in words. Participants see that a pair came to nothing, not through whom."""
    entries = []
    log = list(Act.objects.about(pairing).select_related("actor__person", "object_type"))
    undoable = undo.offers(log, user)
    for act in reversed(log):
        who = act.actor.person.short_name if act.actor_id else "система"
        text = act.words
        if inside or not sees_all:
            own = act.actor_id == user.pk
            if act.verb in {"answer", "undo_answer", "remind"} and not own:
                continue
            if act.target in Pairing.CLOSED_STATES and not own:
                who, text = "", "пара не сложилась"
            if act.source in Pairing.CLOSED_STATES and not own:
                who, text = "", "предложение снова рассматривается"
        entries.append(
            {
                "at": act.at,
                "who": who,
                "text": text[:1].upper() + text[1:],
                "changes": [],
                "fresh": FRESH_ACCESS in act.facts,
                "undo": undoable.get(act.pk, ""),
            }
        )
    return entries


@dataclass(frozen=True)
class OtherSide:
    """One of the others as the answerer reads of them."""

    name: str
    post: str
    part: str
    statements: list[str]


def known_to(participation: Participation, pairing: Pairing) -> list[OtherSide]:
    """Return what the answerer reads of the others: a mentor the requests, a mentee the competences (п. 6.1)."""
    kind = Statement.Kind
    mentor = participation.part == Participation.Part.MENTOR
    kinds = (kind.REQUEST,) if mentor else (kind.COMPETENCE, kind.INTEREST)
    others = [p for p in pairing.people if p.part != participation.part]
    said: dict[int | None, list[str]] = defaultdict(list)
    for statement in Statement.objects.filter(candidate__in=[p.candidate_id for p in others], kind__in=kinds):
        said[statement.candidate_id].append(statement.text)
    return [
        OtherSide(p.person.full_name, p.employment.post if p.employment else "", p.part_word, said[p.candidate_id])
        for p in others
    ]
