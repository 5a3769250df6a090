"""The words of orders: heading, stating part, points (law-and-documents.md, 1.2–1.5). One place for all citations."""

from mentoring_site.russian import joined, rushort, school_year
from people.declined import name_in, named_with_post, post_of
from people.posts import decline_post
from reports.workflows import kind_of

LABOUR_CODE = "статьёй 351.8 Трудового кодекса Российской Федерации"
CONTROL = "Контроль за исполнением настоящего приказа оставляю за собой."
REASONS = {
    "plan": "в связи с выполнением плана мероприятий в полном объёме",
    "mentor": "по инициативе наставника в связи с уважительными обстоятельствами",
    "mentee": "по инициативе наставляемого в связи с уважительными обстоятельствами",
    "mutual": "по обоюдному решению наставника и наставляемого в связи с уважительными обстоятельствами",
    "improper": "по инициативе куратора в связи с недолжным исполнением программы",
    "force": "по инициативе куратора в связи с обстоятельствами, не зависящими от участников",
}
"""The three reasons of п. 7.1 with their variants, as an order says them."""


def point(text: str, *subpoints: str) -> dict:
    """Return one numbered point as the paper's template takes it."""
    return {"text": text, "subpoints": list(subpoints), "edited": False}


def by_regulation(school, *clauses: str) -> str:
    """Return «пунктами 3.2 и 3.3 Положения …, утверждённого приказом от … № …» (п. 3.1)."""
    words = ("пунктом " if len(clauses) == 1 else "пунктами ") + joined(clauses)
    order = (
        f", утверждённого приказом от {rushort(school.regulation_date)} № {school.regulation_number}"
        if school.has_regulation
        else ""
    )
    return f"В соответствии с {words} Положения о системе наставничества педагогических работников{order}"


def _listed(words: list[str], one: str, many: str) -> dict:
    """One person stands in the point itself, several as its subpoints."""
    if len(words) == 1:
        return point(f"{one} {words[0]}.")
    return point(f"{many}:", *[f"{w}{'.' if w is words[-1] else ';'}" for w in words])


def _curator_point(curator, rest: str) -> list[dict]:
    if curator is None:
        return []
    post = post_of(curator)
    who = f"{decline_post(post, 'dative', curator.gender)} " if post else ""
    text = f"{who}{name_in(curator, 'dative', short=True)} (куратор) {rest}"
    return [point(text[:1].upper() + text[1:])]


def _subjects(order, kind):
    return [getattr(item, kind) for item in order.items.all() if kind_of(item) == kind]


def appointment(order, school, curator) -> tuple[str, str, list[dict]]:
    """О назначении наставников (п. 3.2, 3.3)."""
    mentors = [named_with_post(c.person, "accusative") for c in _subjects(order, "candidate")]
    text = (
        f"{by_regulation(school, '3.2', '3.3')}, {LABOUR_CODE}, на основании "
        f"{'письменного согласия работника' if len(mentors) == 1 else 'письменных согласий работников'}"
    )
    return (
        "О назначении наставников",
        text,
        [
            _listed(mentors, "Назначить наставником", "Назначить наставниками"),
            *_curator_point(curator, "ознакомить наставников с их правами и обязанностями (разделы 4 и 5 Положения)."),
            point(CONTROL),
        ],
    )


def assignment(order, school, curator) -> tuple[str, str, list[dict]]:
    """О закреплении наставнических пар (групп) (п. 3.3, 6.2); may appoint the mentors too (п. 3.2)."""
    pairings = _subjects(order, "pairing")
    appointed = [named_with_post(c.person, "accusative") for c in _subjects(order, "candidate")]
    years = sorted({p.school_year for p in pairings})
    minutes = sorted({(p.minutes_date, p.minutes_number) for p in pairings if p.minutes_date})
    council = joined([f"протокол от {rushort(day)} № {number}" for day, number in minutes])
    clauses = ("3.2", "3.3", "6.2") if appointed else ("3.3", "6.2")
    text = f"{by_regulation(school, *clauses)}, {LABOUR_CODE}, на основании письменных согласий участников" + (
        f" и решения методического совета ({council})" if council else ""
    )
    mentors = [
        name_in(p.person, "dative", short=True) for pairing in pairings for p in pairing.people if p.part == "mentor"
    ]
    points = [_listed(appointed, "Назначить наставником", "Назначить наставниками")] if appointed else []
    points += [
        point("Закрепить наставнические пары (группы) согласно приложению к настоящему приказу."),
        point(
            f"{'Наставнику' if len(mentors) == 1 else 'Наставникам'} {joined(mentors)} в течение двух недель со дня подписания настоящего приказа "
            "совместно с наставляемыми разработать персонализированные программы наставничества и представить их куратору."
        ),
        *_curator_point(
            curator,
            "организовать рассмотрение программ методическим советом и внести сведения в банк наставников и наставляемых.",
        ),
        point(CONTROL),
    ]
    heading = "О закреплении наставнических пар (групп)" + (
        f" на {school_year(years[0], full=True)} учебный год" if len(years) == 1 else ""
    )
    return heading, text, points


def programs(order, school, curator) -> tuple[str, str, list[dict]]:
    """Об утверждении персонализированных программ наставничества (п. 1.2, 3.3–3.5)."""
    items = _subjects(order, "program")
    minutes = joined(
        [
            f"протокол от {rushort(day)} № {number}"
            for day, number in sorted({(p.minutes_date, p.minutes_number) for p in items if p.minutes_date})
        ]
    )
    text = (
        f"{by_regulation(school, '1.2', '3.3', '3.5')}, на основании решения методического совета ({minutes})"
        if minutes
        else by_regulation(school, "1.2", "3.3")
    )
    one = len(items) == 1
    what = "персонализированную программу" if one else "персонализированные программы"
    return (
        f"Об утверждении {'персонализированной программы' if one else 'персонализированных программ'} наставничества",
        text,
        [
            point(
                f"Утвердить {what} наставничества согласно {'приложению' if one else 'приложениям'} к настоящему приказу."
            ),
            point("Наставникам и наставляемым реализовать мероприятия программ в установленные сроки."),
            *_curator_point(curator, "обеспечить сопровождение и мониторинг реализации программ."),
            point(CONTROL),
        ],
    )


def roadmap(order, school, curator) -> tuple[str, str, list[dict]]:
    """Об утверждении дорожной карты (п. 3.3, 3.4)."""
    years = joined([school_year(r.school_year, full=True) for r in _subjects(order, "roadmap")])
    return (
        f"Об утверждении дорожной карты на {years} учебный год",
        by_regulation(school, "3.3", "3.4"),
        [
            point(
                "Утвердить дорожную карту (план мероприятий) по реализации Положения о системе наставничества педагогических работников "
                f"на {years} учебный год согласно приложению к настоящему приказу."
            ),
            point("Ответственным исполнителям обеспечить выполнение мероприятий дорожной карты в установленные сроки."),
            *_curator_point(
                curator,
                "осуществлять контроль за ходом выполнения дорожной карты и разместить её на официальном сайте.",
            ),
            point(CONTROL),
        ],
    )


def completion(order, school, curator) -> tuple[str, str, list[dict]]:
    """О завершении персонализированной программы наставничества (п. 7.1)."""
    lines = []
    for c in _subjects(order, "completion"):
        person = c.participation.person
        lines.append(
            f"программу «{c.program.title}» в отношении {name_in(person, 'genitive')}, "
            f"{decline_post(post_of(person, c.participation.employment), 'genitive', person.gender)}, {REASONS[c.reason]} (пункт 7.1 Положения)"
        )
    one = len(lines) == 1
    heading = (
        f"О завершении {'персонализированной программы' if one else 'персонализированных программ'} наставничества"
    )
    return (
        heading,
        f"{by_regulation(school, '7.1')}, на основании заключений наставников и отзывов наставляемых",
        [
            _listed(
                lines,
                "Считать завершённой персонализированную",
                "Считать завершёнными персонализированные программы наставничества",
            )
            if one
            else point(
                "Считать завершёнными персонализированные программы наставничества:",
                *[f"{x}{'.' if x is lines[-1] else ';'}" for x in lines],
            ),
            point("Утвердить итоги реализации согласно приложению к настоящему приказу."),
            *_curator_point(
                curator,
                "внести сведения о завершении в банк наставников и наставляемых и учесть итоги в аналитическом отчёте.",
            ),
            point(CONTROL),
        ],
    )


COMPOSERS = {
    "appointment": appointment,
    "assignment": assignment,
    "programs": programs,
    "roadmap": roadmap,
    "completion": completion,
}


def compose(order, school, curator) -> tuple[str, str, list[dict]]:
    """Return the heading, the stating part and the points of a draft from its items."""
    return COMPOSERS[order.kind](order, school, curator)


def posts_line(participation) -> str:
    """Return «Очирова Светлана Дмитриевна, преподаватель по классу фортепиано, высшая категория» for a table."""
    person = participation.person
    parts = [person.full_name, post_of(person, participation.employment)]
    if person.category in ("first", "highest"):
        parts.append(f"{person.get_category_display()} категория")
    return ", ".join(filter(None, parts))
