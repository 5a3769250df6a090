"""What the page of a pair shows to whom: stages, readiness, acts, people, history.

A wish never reaches the other side.
"""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import joined, period, plural, ruday, rutime, school_year, term
from mentoring_site.workflow import action
from people.banks.models import Statement
from people.rights import Right
from programs.pairings.acts import OPEN, awaits_council, obstacles, pairing_title, sees_wish
from programs.pairings.rules import (
    MAY_FOLLOW,
    PAIRING,
    duties,
    mentees_of,
    mentor_of,
    processing,
    recommended,
    topics,
    wishes,
)
from programs.pairings.stages import stage_line
from programs.program.rules import BEFORE_APPROVAL

WORDS = {
    "recommended": "рекомендована советом",
    "assigned": "закреплена",
    "dissolved": "завершена",
    "declined": "не сложилась",
    "withdrawn": "предложение снято",
}
TONES = {
    "proposed": "others",
    "recommended": "others",
    "assigned": "done",
    "dissolved": "done",
    "declined": "stopped",
    "withdrawn": "stopped",
}
ABOUT = {wishes: "answer", processing: "processing", duties: "duties"}


def state_words(pairing) -> str:
    """Return where the pairing stands in words of the school: «ждёт ответов», «ждёт методического совета»."""
    if pairing.state == "proposed":
        return "ждёт методического совета" if all(p.wish for p in pairing.people) else "ждёт ответов"
    return WORDS[pairing.state]


def badge(pairing, user) -> dict:
    """Return the state as a badge; it turns to the user when the user's own answer is awaited."""
    asked = pairing.state in OPEN and any(p.person_id == user.person_id and not p.wish for p in pairing.people)
    return (
        {"word": "ждёт Вашего ответа", "tone": "you"}
        if asked
        else {"word": state_words(pairing), "tone": TONES[pairing.state]}
    )


def row(pairing, user) -> dict:
    """Return one line of the list."""
    mentor, mentees = mentor_of(pairing), mentees_of(pairing)
    departments = {p.employment.department.name for p in pairing.people if p.employment and p.employment.department}
    return {
        "url": pairing.get_absolute_url(),
        "mentor": mentor.person.short_name if mentor else "без наставника",
        "mentees": joined([m.person.short_name for m in mentees]),
        "kind": pairing.get_kind_display(),
        "badge": badge(pairing, user),
        "departments": ", ".join(sorted(departments)),
        "topics": ", ".join(t.name for t in pairing.topics.all()),
        "year": school_year(pairing.school_year),
        "proposed_at": pairing.proposed_at,
        "term": period(pairing.planned_from, pairing.planned_to),
    }


def crumbs(pairing, last=None) -> list:
    """Return the way to a pairing's page or to a page below it."""
    way = [
        ("Пары и группы", reverse("programs:pairings")),
        (pairing_title(pairing), pairing.get_absolute_url() if last else None),
    ]
    return [*way, (last, None)] if last else way


def page(pairing, user) -> dict:
    """Return the whole context of a pairing's page."""
    program = pairing.programs.order_by("-pk").first()
    inside = any(p.person_id == user.person_id for p in pairing.people)
    sees_all = user.can(Right.PAIRINGS_SEE_ALL)
    opened = pairing.state in OPEN
    return {
        "pairing": pairing,
        "title": pairing_title(pairing),
        "badge": badge(pairing, user),
        "crumbs": crumbs(pairing),
        "stages": stage_line(pairing, program, order_next=_only_order_missing(pairing)),
        "checks": checks(pairing, user) if opened else [],
        "actions": actions(pairing, user, program),
        "people": [_person(p, pairing, user) for p in pairing.people],
        "facts": _facts(pairing),
        "why": pairing.why if sees_all else "",
        "reason": pairing.reason if sees_all and not inside else "",
        "closed": pairing.state in {"declined", "withdrawn"},
        "entries": history(pairing, user, inside, sees_all),
        "answers_open": sees_all and not inside,
        "program": (
            {"title": program.title, "url": program.get_absolute_url(), "state": program.get_state_display()}
            if program
            else None
        ),
    }


def _only_order_missing(pairing) -> bool:
    appointing = [p.candidate_id for p in pairing.people]
    return pairing.state == "recommended" and not obstacles(pairing, appointing=appointing)


def checks(pairing, user) -> list[dict]:
    """Return the readiness light of the order: what is met, what is missing, whose move it is, a link and a reminder.

    A participant sees oneself and the steps of others who decide, not what the other participants have yet to bring.
    """
    sees_all = user.can(Right.PAIRINGS_SEE_ALL)
    turn = (recommended if pairing.topics_confirmed_at else topics) if awaits_council(pairing) else None
    found = []
    for condition in PAIRING["assign"].requirements:
        missing = condition.complaints(pairing)
        if not sees_all and condition in ABOUT:
            missing = [c for c in missing if c.remind == user.person_id]
        found += [_check(c, ABOUT.get(condition), pairing, user) for c in missing]
        if (
            missing
            and condition is turn
            and not found[-1]["url"]
            and (user.can(Right.PAIRINGS_PROPOSE) or user.can(Right.BANKS_APPROVE))
        ):
            found[-1]["post_url"] = reverse("programs:pairing_remind_council", args=[pairing.pk])
        if not missing and (sees_all or condition not in ABOUT):
            found.append(
                {
                    "met": True,
                    "waiting": False,
                    "text": condition.met,
                    "who": "",
                    "url": "",
                    "link": "",
                    "post_url": "",
                    "post_link": "",
                }
            )
    return sorted(found, key=lambda check: check["met"])


def _check(complaint, about, pairing, user) -> dict:
    who, url, link = complaint.who, complaint.url, complaint.link
    participation = next((p for p in pairing.people if p.person_id == complaint.remind), None)
    own = participation is not None and participation.person_id == user.person_id
    if own and about in {"processing", "duties"}:
        link = link if user.can(MAY_FOLLOW[link]) else "Дать согласие"
    elif not user.can(MAY_FOLLOW.get(link, "")):
        url = link = ""
    post_url = ""
    if own and about == "answer":
        url, link = reverse("programs:pairing_answer", args=[pairing.pk]), "Ответить"
    elif participation and (user.can(Right.PAIRINGS_PROPOSE) or user.can(Right.BANKS_APPROVE)):
        if participation.reminded_at and timezone.localdate(participation.reminded_at) == timezone.localdate():
            who = f"{who}. Сегодня напомнили в {rutime(participation.reminded_at)}"
        else:
            post_url = reverse("programs:pairing_remind", args=[pairing.pk, participation.pk, about])
    return {
        "met": False,
        "waiting": not url,
        "text": complaint.text,
        "who": who,
        "url": url,
        "link": link,
        "post_url": post_url,
        "post_link": "Напомнить",
    }


def actions(pairing, user, program) -> list[dict]:
    """Return the buttons of the page, the one main act first."""

    def at(name):
        return reverse(f"programs:pairing_{name}", args=[pairing.pk])

    mine = next((p for p in pairing.people if p.person_id == user.person_id), None)
    found = []
    if mine and pairing.state in OPEN:
        found.append(
            _button("answer", "Изменить ответ" if mine.wish else "Ответить", at("answer"), primary=not mine.wish)
        )
    if user.can(Right.PAIRINGS_TOPICS) and pairing.state == "proposed" and not pairing.topics_confirmed_at:
        found.append(_button("topics", "Подтвердить темы", at("topics"), primary=True))
    found.append(action(pairing, "recommend", user, at("recommend"), primary=bool(pairing.topics_confirmed_at)))
    if user.can(Right.ORDERS_DRAFT) and pairing.state == "recommended":
        missing = obstacles(pairing, appointing=[p.candidate_id for p in pairing.people])
        url = f"{reverse('reports:order_new')}?kind=assignment&pairing={pairing.pk}"
        found.append(_button("order", "Подготовить приказ", url, primary=True, reasons=[c.text for c in missing]))
    if (
        pairing.state == "assigned"
        and program is None
        and (mine or user.can(Right.PROGRAMS_WRITE) or user.can(Right.PROGRAMS_REMARK))
    ):
        found.append(
            _button("program", "Составить программу", reverse("programs:program_new", args=[pairing.pk]), primary=True)
        )
    if pairing.state == "assigned":
        found += _at_work(pairing, user, program, mine)
    if user.can(Right.PAPERS_SEE_ALL):
        found.append(_button("package", "Пакет документов", reverse("reports:pairing_package", args=[pairing.pk])))
    for name in ("decline", "withdraw"):
        button = action(pairing, name, user, at(name))
        found.append(button and button | {"danger": True})
    return [a for a in found if a]


def _at_work(pairing, user, program, mine):
    """What can be changed in an assigned pair; with a programme the same stands on its tab (п. 4.1, 5.1)."""
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        yield _button("replace", "Заменить наставника", reverse("programs:replacement_new", args=[pairing.pk]))
        if program is None or program.state in BEFORE_APPROVAL:
            yield _button("end", "Прекратить закрепление", reverse("programs:dissolution_new", args=[pairing.pk]))
    if mine:
        word = "Попросить о сложении обязанностей" if mine.part == "mentor" else "Попросить о замене наставника"
        yield _button("petition", word, reverse("programs:petition_new", args=[pairing.pk]))


def _button(verb, label, url, *, primary=False, reasons=()):
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "enabled": not reasons,
        "reasons": list(reasons),
        "confirm": False,
    }


def _person(participation, pairing, user) -> dict:
    """One person of the pairing: post, part, what may be known of the answer, consents for those who collect them."""
    person, employment = participation.person, participation.employment
    post = (
        ", ".join(filter(None, [employment.post, employment.department.name if employment.department else ""]))
        if employment
        else ""
    )
    behalf = (
        pairing.state in OPEN
        and user.person_id != participation.person_id
        and user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS)
    )
    behalf = behalf and sees_wish(user, participation, pairing)
    return {
        "name": person.full_name,
        "url": person.get_absolute_url(),
        "part": participation.part_word,
        "post": post,
        "answer": _answer(participation, pairing, user),
        "reason": participation.wish_reason if sees_wish(user, participation, pairing) else "",
        "answer_url": reverse("programs:pairing_answer_for", args=[pairing.pk, participation.pk]) if behalf else "",
        "answer_link": "Исправить ответ" if participation.wish else "Записать ответ",
    }


def _answer(participation, pairing, user) -> str:
    a = "а" if participation.person.gender == "f" else ""
    if pairing.from_paper:
        return "внесено с бумаги"
    if sees_wish(user, participation, pairing):
        return {"yes": "хочет работать вместе", "no": "не хочет"}.get(participation.wish, f"ещё не ответил{a}")
    if pairing.state in {"declined", "withdrawn"}:
        return "—"
    return f"ответил{a}" if participation.wish else f"ещё не ответил{a}"


def _facts(pairing) -> list[dict]:
    topics = joined([t.name for t in pairing.topics.all()])
    note = (
        f"подтверждены советом {ruday(pairing.topics_confirmed_at)}"
        if pairing.topics_confirmed_at
        else "ещё не подтверждены советом"
    )
    facts = [
        {"label": "Вид", "value": pairing.get_kind_display()},
        {"label": "Темы", "value": topics or "не указаны", "note": note},
        {"label": "Учебный год", "value": school_year(pairing.school_year)},
        {
            "label": "Срок",
            "value": period(pairing.planned_from, pairing.planned_to),
            "note": term(pairing.planned_from, pairing.planned_to) if pairing.planned_to else "",
        },
        {"label": "Протокол совета", "value": _paper(pairing.minutes_number, pairing.minutes_date)},
        {"label": "Приказ о закреплении", "value": _paper(pairing.order_number, pairing.order_date)},
    ]
    if pairing.assigned_on:
        facts.append({"label": "Закреплена с", "value": ruday(pairing.assigned_on)})
    if pairing.ended_on:
        facts.append({"label": "Завершена", "value": ruday(pairing.ended_on)})
    return facts


def _paper(number, date) -> str:
    return f"№\u00a0{number} от\u00a0{ruday(date)}" if number else "ещё нет"


def history(pairing, user, inside, sees_all) -> list[dict]:
    """Return the history in words. Participants see that a pair came to nothing, not through whom."""
    entries = []
    for act in reversed(Act.objects.about(pairing).select_related("actor__person")):
        who = act.actor.person.short_name if act.actor_id else "система"
        text = act.words
        if inside or not sees_all:
            own = act.actor_id == user.pk
            if act.verb in {"answer", "remind"} and not own:
                continue
            if act.target in {"declined", "withdrawn"} and not own:
                who, text = "", "пара не сложилась"
        entries.append({"at": act.at, "who": who, "text": text[:1].upper() + text[1:], "changes": []})
    return entries


def known_to(participation, pairing) -> list[dict]:
    """Return what the answerer is told of the others: a mentor reads the requests, a mentee the
    mentor's competences (п. 6.1).
    """
    kinds = ("request",) if participation.part == "mentor" else ("competence", "interest")
    others = [p for p in pairing.people if p.part != participation.part]
    said = defaultdict(list)
    for statement in Statement.objects.filter(candidate__in=[p.candidate_id for p in others], kind__in=kinds):
        said[statement.candidate_id].append(statement.text)
    return [
        {
            "name": p.person.full_name,
            "post": p.employment.post if p.employment else "",
            "part": p.part_word,
            "statements": said[p.candidate_id],
        }
        for p in others
    ]


def load_words(mentor) -> str:
    """Return «ведёт 1 из 3» for a mentor of the bank, with proposed mentees counted."""
    limit = mentor.capacity_persons or 0
    hours = f", {plural(mentor.capacity_hours, 'час,часа,часов')} в\u00a0месяц" if mentor.capacity_hours else ""
    return f"ведёт {mentor.load} из\u00a0{limit}{hours}"
