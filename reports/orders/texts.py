"""The words of orders: heading, stating part, points (law-and-documents.md, 1.2–1.5)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from mentoring_site.russian import joined, rudate, rushort, school_year
from people.declined import name_in, named_with_post, post_of
from people.heads import holders
from people.models import Person, School
from people.posts import decline_post
from reports.orders.wording import (
    CONTROL,
    CURATOR,
    REGULATION,
    by_regulation,
    dative,
    deadline,
    executor,
    listed,
    minutes,
    point,
    term,
    title,
)
from reports.workflows import kind_of

REASONS = {
    "plan": "в связи с завершением плана мероприятий в полном объёме",
    "mentor": "по инициативе наставника (по уважительным обстоятельствам)",
    "mentee": "по инициативе наставляемого (по уважительным обстоятельствам)",
    "mutual": "по обоюдному решению наставника и наставляемого (по уважительным обстоятельствам)",
    "improper": "по инициативе куратора в связи с недолжным исполнением персонализированной программы наставничества",
    "force": "по инициативе куратора в связи с обстоятельствами непреодолимой силы",
}
"""The three reasons of п. 7.1 with their variants, as an order says them."""


@dataclass(frozen=True)
class Setting:
    """What every text rests on: the school, who is charged with what, and the day from which terms are counted."""

    school: School
    curator: Person | None
    clerk: Person | None
    day: date

    @classmethod
    def of(cls, order) -> "Setting":
        """Return the setting of today; terms are counted from the expected day of the order."""
        heads = holders("curator", "clerk")
        return cls(School.get(), heads.get("curator"), heads.get("clerk"), order.effect_from or timezone.localdate())

    def until(self, days: int) -> str:
        """Return «в срок до …», so many days after the expected day of the order."""
        return deadline(self.day, days)


def subjects(order, kind: str) -> list:
    """Return what the order enacts of one kind."""
    return [getattr(item, kind) for item in order.items.all() if kind_of(item) == kind]


def _side(pairing, part):
    return [p.person for p in pairing.people if p.part == part]


def _named(people, case) -> str:
    return joined([name_in(p, case, short=True) for p in people])


def _mentees(people, case) -> str:
    """Return «наставляемая Лиджиева К. Б.», «наставляемым Очировым С. Д.», «наставляемые … и …»."""
    forms = {
        "nominative": ("наставляемый", "наставляемая", "наставляемые"),
        "dative": ("наставляемому", "наставляемой", "наставляемым"),
        "instrumental": ("наставляемым", "наставляемой", "наставляемыми"),
    }[case]
    word = forms[2] if len(people) > 1 else forms[people[0].gender == "f"]
    return f"{word} {_named(people, case)}"


def _appointments(order) -> list[str]:
    """Return the mentors to be appointed, full names with posts; the post is the one they teach in."""
    posts = {
        p.candidate_id: p.employment
        for pairing in subjects(order, "pairing")
        for p in pairing.people
        if p.part == "mentor"
    }
    return [
        named_with_post(c.person, "accusative", posts.get(c.pk), teaching=True) for c in subjects(order, "candidate")
    ]


def appointment(order, setting) -> tuple[str, str, list[dict]]:
    """О назначении наставников (п. 3.2, 3.3)."""
    mentors = _appointments(order)
    people = [c.person for c in subjects(order, "candidate")]
    one = len(mentors) == 1
    ground = "письменного согласия работника" if one else "письменных согласий работников"
    whose = "правами и обязанностями наставника (раздел 4 Положения)"
    return (
        "О назначении наставника" if one else "О назначении наставников",
        f"{by_regulation(setting.school, '3.2', '3.3', labour=True)}, на основании {ground}",
        [
            listed(mentors, "Назначить наставником", "Назначить наставниками"),
            *executor(
                setting.curator,
                setting.until(7),
                f"ознакомить {_named(people, 'accusative')} с настоящим приказом, {whose}",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


KINDS = {
    "pair": ("наставническую пару", "наставнические пары", "наставнической пары", "наставнических пар"),
    "group": ("наставническую группу", "наставнические группы", "наставнической группы", "наставнических групп"),
}


def _what(pairings, genitive: bool) -> str:
    """Return «наставническую пару», «наставнических пар и групп» for the point and for the heading."""
    count = {kind: sum(p.kind == kind for p in pairings) for kind in KINDS}
    if all(n > 1 for n in count.values()):
        return "наставнических пар и групп" if genitive else "наставнические пары и группы"
    return joined([KINDS[kind][2 * genitive + (n > 1)] for kind, n in count.items() if n])


def assignment(order, setting) -> tuple[str, str, list[dict]]:
    """О закреплении наставнических пар (групп) (п. 3.3, 6.2); may appoint the mentors too (п. 3.2)."""
    pairings = subjects(order, "pairing")
    appointed = _appointments(order)
    clauses = ("3.2", "3.3", "6.2") if appointed else ("3.3", "6.2")
    council = minutes(pairings, "рекомендации", "рекомендаций")
    preamble = (
        f"{by_regulation(setting.school, *clauses, labour=True)}, на основании письменных согласий участников"
        f"{f' и {council}' if council else ''}"
    )
    points = [listed(appointed, "Назначить наставником", "Назначить наставниками")] if appointed else []
    points += [point(f"Закрепить {_what(pairings, False)} {_when(pairings)} согласно приложению к настоящему приказу.")]
    points += [_drafting(pairings, setting), *_accompanying(pairings, setting), point(CONTROL)]
    years = {p.school_year for p in pairings}
    heading = f"О закреплении {_what(pairings, True)}"
    if appointed:
        heading = f"О назначении {'наставника' if len(appointed) == 1 else 'наставников'} и{heading[1:]}"
    if len(years) == 1:
        heading += f" на {school_year(years.pop(), full=True)} учебный год"
    return heading, preamble, points


def _when(pairings) -> str:
    terms = {(p.planned_from, p.planned_to) for p in pairings}
    if len(terms) == 1 and all(dates := terms.pop()):
        return term(*dates)
    return "на сроки, указанные в приложении,"


def _drafting(pairings, setting) -> dict:
    """The mentors draft programmes together with their mentees by a date."""
    mentors = list(dict.fromkeys(m for pairing in pairings for m in _side(pairing, "mentor")))
    who = f"{'Наставнику' if len(mentors) == 1 else 'Наставникам'} {joined([dative(m) for m in mentors])}"
    if len(pairings) == 1:
        with_whom = _mentees(_side(pairings[0], "mentee"), "instrumental")
        what = "персонализированную программу наставничества и представить её куратору"
    else:
        with_whom, what = "наставляемыми", "персонализированные программы наставничества и представить их куратору"
    return point(f"{who} {setting.until(14)} совместно с {with_whom} разработать {what}.")


def _accompanying(pairings, setting) -> list[dict]:
    """The curator brings the programmes to the council, the clerk prepares agreements for mentors of this school (ТК 351.8)."""
    one = len(pairings) == 1
    own = [
        p.person
        for pairing in pairings
        for p in pairing.people
        if p.part == "mentor" and p.employment and p.employment.organisation_id == setting.school.organisation_id
    ]
    own = list(dict.fromkeys(own))
    points = executor(
        setting.curator,
        setting.until(21),
        f"организовать рассмотрение {'программы' if one else 'программ'} методическим советом",
        "внести сведения о закреплении в банк наставников и наставляемых",
        role=CURATOR,
    )
    if own:
        task = (
            f"подготовить дополнительное соглашение к трудовому договору с {_named(own, 'instrumental')}"
            if len(own) == 1
            else f"подготовить дополнительные соглашения к трудовым договорам с наставниками {_named(own, 'instrumental')}"
        )
        points += executor(setting.clerk, setting.until(10), task)
    return points


def programs(order, setting) -> tuple[str, str, list[dict]]:
    """Об утверждении персонализированных программ наставничества (п. 1.2, 3.3–3.5)."""
    items = subjects(order, "program")
    one = len(items) == 1
    council = minutes(items, "решения", "решений")
    preamble = by_regulation(setting.school, "1.2", "3.3", "3.5") + (f", на основании {council}" if council else "")
    lines = [_programme(p) + ("" if one else f" (приложение № {n})") for n, p in enumerate(items, 1)]
    approve = (
        point(
            f"Утвердить персонализированную программу наставничества {lines[0]} согласно приложению к настоящему приказу."
        )
        if one
        else point("Утвердить персонализированные программы наставничества:", *lines)
    )
    last = max(p.ends_on for p in items)
    if one:
        mentor, mentees = _side(items[0].pairing, "mentor"), _side(items[0].pairing, "mentee")
        link = " и" if len(mentees) == 1 else ","
        who = f"Наставнику {_named(mentor, 'dative')}{link} {_mentees(mentees, 'dative')}"
        carry_out = f"{who} выполнить мероприятия программы в срок до {rudate(last)}"
    else:
        carry_out = "Наставникам и наставляемым выполнить мероприятия программ в сроки, установленные программами."
    curators = list(dict.fromkeys(p.curator for p in items))
    follow = f"обеспечить сопровождение и мониторинг реализации {'программы' if one else 'программ'}"
    return (
        f"Об утверждении {'персонализированной программы' if one else 'персонализированных программ'} наставничества",
        preamble,
        [
            approve,
            point(carry_out),
            *executor(
                curators[0] if len(curators) == 1 else setting.curator,
                f"до {rudate(last)}",
                follow,
                role="ответственному куратору" if len(curators) == 1 else CURATOR,
            ),
            point(CONTROL),
        ],
    )


def _programme(program) -> str:
    people = f"наставник {_named(_side(program.pairing, 'mentor'), 'nominative')}"
    mentees = _mentees(_side(program.pairing, "mentee"), "nominative")
    return f"{title(program.title)} ({people}, {mentees}) {term(program.starts_on, program.ends_on)}"


def roadmap(order, setting) -> tuple[str, str, list[dict]]:
    """Об утверждении дорожной карты (п. 3.3, 3.4)."""
    plan = subjects(order, "roadmap")[0]
    name = f"(плана мероприятий) по реализации {REGULATION} на {school_year(plan.school_year, full=True)} учебный год"
    whole = name.replace("(плана мероприятий)", "(план мероприятий)")
    return (
        f"Об утверждении дорожной карты {name}",
        by_regulation(setting.school, "3.3", "3.4"),
        [
            point(f"Утвердить дорожную карту {whole} согласно приложению к настоящему приказу."),
            point(
                "Ответственным исполнителям обеспечить выполнение мероприятий в сроки, установленные дорожной картой."
            ),
            *executor(
                setting.curator,
                setting.until(7),
                "ознакомить ответственных исполнителей с дорожной картой",
                "разместить дорожную карту на официальном сайте учреждения",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


def completion(order, setting) -> tuple[str, str, list[dict]]:
    """О завершении персонализированной программы наставничества (п. 7.1)."""
    items = subjects(order, "completion")
    one = len(items) == 1
    what = "персонализированной программы" if one else "персонализированных программ"
    lines = [_completed(c) for c in items]
    done = (
        point(f"Считать завершённой персонализированную программу наставничества {lines[0]}.")
        if one
        else point("Считать завершёнными персонализированные программы наставничества:", *lines)
    )
    return (
        f"О завершении {what} наставничества",
        f"{by_regulation(setting.school, '7.1')}, на основании {_grounds(items)}",
        [
            done,
            point(f"Утвердить итоги реализации {what} наставничества согласно приложению к настоящему приказу."),
            *_endings(items),
            *executor(
                setting.curator,
                setting.until(10),
                f"внести сведения о завершении {'программы' if one else 'программ'} в банк наставников и наставляемых",
                "учесть итоги при подготовке аналитического отчёта",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


def _completed(c) -> str:
    person = c.participation.person
    post = post_of(person, c.participation.employment)
    post = f", {decline_post(post, 'genitive', person.gender)}," if post else ""
    reason = REASONS[c.reason]
    if c.reason == "mentee" and person.gender == "f":
        reason = reason.replace("наставляемого", "наставляемой")
    return f"{title(c.program.title)} в отношении {name_in(person, 'genitive')}{post} {reason}"


def _grounds(items) -> str:
    one = len(items) == 1
    woman = one and items[0].participation.person.gender == "f"
    grounds = (
        ["заключения наставника", f"отзыва {'наставляемой' if woman else 'наставляемого'}"]
        if one
        else ["заключений наставников", "отзывов наставляемых"]
    )
    mentors = _mentors(items)
    for c in items:
        who = {"mentor": mentors.get(c.program.pairing_id), "mentee": c.participation.person}.get(c.reason)
        if who and c.notice_on:
            grounds.append(f"заявления {name_in(who, 'genitive', short=True)} от {rushort(c.notice_on)}")
    return joined(list(dict.fromkeys(grounds)))


def _mentors(items) -> dict:
    """Return ``{pairing pk: mentor}`` of the completions' pairs."""
    people = [p for c in items for p in c.program.pairing.people]
    return {p.pairing_id: p.person for p in people if p.part == "mentor" and p.until is None}


def _endings(items) -> list[dict]:
    """The pair or group ends with its last mentee; who leaves a group earlier is named (п. 7.1)."""
    finished = {c.participation_id for c in items}
    pairings = list({c.program.pairing_id: c.program.pairing for c in items}.values())
    live = [p for pairing in pairings for p in pairing.people if p.part == "mentee" and p.until is None]
    staying = {p.pairing_id for p in live if p.pk not in finished}
    mentors, lines = _mentors(items), []
    for pairing in pairings:
        mentees = [p.person for p in live if p.pairing_id == pairing.pk and p.pk in finished]
        if not mentees:
            continue
        paper = f"от {rushort(pairing.order_date)} № {pairing.order_number}"
        if pairing.pk in staying:
            lines.append(
                f"участие {_named(mentees, 'genitive')} в наставнической группе, закреплённой приказом {paper}"
            )
        else:
            mentor = mentors.get(pairing.pk)
            people = f"наставник {name_in(mentor, 'nominative', short=True)}, " if mentor else ""
            kind = KINDS[pairing.kind][2]
            lines.append(
                f"закрепление {kind} ({people}{_mentees(mentees, 'nominative')}), установленное приказом {paper}"
            )
    return [listed(lines, "Прекратить", "Прекратить")] if lines else []


COMPOSERS = {
    "appointment": appointment,
    "assignment": assignment,
    "programs": programs,
    "roadmap": roadmap,
    "completion": completion,
}


def compose(order, setting: Setting | None = None) -> tuple[str, str, list[dict]]:
    """Return the heading, the stating part and the points of a draft from its items as they are now."""
    return COMPOSERS[order.kind](order, setting or Setting.of(order))


def posts_line(participation) -> str:
    """Return «Очирова Светлана Дмитриевна, преподаватель по классу фортепиано, высшая категория» for a table."""
    person = participation.person
    parts = [person.full_name, post_of(person, participation.employment)]
    if person.category in ("first", "highest"):
        parts.append(f"{person.get_category_display()} категория")
    return ", ".join(filter(None, parts))
