"""Appendices of orders, built from their items (law-and-documents.md, 1.4–1.6)."""

from mentoring_site.russian import joined, period, plural, rushort, school_year
from people.declined import post_of
from people.models import Consent
from reports.orders.texts import posts_line
from reports.orders.wording import gendered, lower_first, sentence, title
from reports.workflows import kind_of


def _table(title, columns, rows, **more):
    return {
        "title": title,
        "note": "",
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": rows,
        "approved": None,
        "text": [],
        **more,
    }


def assignment(order):
    """The list of pairs and groups with their terms and the consents given."""
    pairings = [item.pairing for item in order.items.all() if item.pairing_id]
    given = {
        (c.person_id, c.matter): c.given_on
        for c in Consent.objects.live().filter(purpose="duties", matter__in=[p.uuid for p in pairings])
    }
    rows = []
    for n, pairing in enumerate(pairings, 1):
        sides = {part: [p for p in pairing.people if p.part == part] for part in ("mentor", "mentee")}
        consents = [
            f"{p.person.short_name} — {rushort(given[p.person_id, pairing.uuid])}"
            for p in pairing.people
            if (p.person_id, pairing.uuid) in given
        ]
        rows.append(
            [
                str(n),
                "; ".join(posts_line(p) for p in sides["mentor"]),
                "; ".join(posts_line(p) for p in sides["mentee"]),
                f"{pairing.get_kind_display()}; {joined([lower_first(t.name) for t in pairing.topics.all()])}",
                period(pairing.planned_from, pairing.planned_to),
                "; ".join(consents),
            ]
        )
    years = sorted({p.school_year for p in pairings})
    kinds = {p.kind for p in pairings}
    names = {
        "pair": ("Наставническая пара", "Наставнические пары"),
        "group": ("Наставническая группа", "Наставнические группы"),
    }
    name = names[kinds.pop()][len(pairings) > 1] if len(kinds) == 1 else "Наставнические пары и группы"
    heading = name + (f" на {school_year(years[0], full=True)} учебный год" if len(years) == 1 else "")
    many = "Наставляемый" if len(pairings) == 1 and pairings[0].kind == "pair" else "Наставляемые"
    return [
        _table(
            heading,
            (
                ("№", 4),
                ("Наставник", 24),
                (many, 24),
                ("Вид; темы", 18),
                ("Срок", 14),
                ("Письменные согласия", 16),
            ),
            rows,
        )
    ]


def programs(order):
    """Each programme on its own sheet, «УТВЕРЖДЕНА», with its plan (п. 1.2)."""
    sheets = []
    for program in (item.program for item in order.items.all() if item.program_id):
        mentors = "; ".join(posts_line(p) for p in program.pairing.people if p.part == "mentor")
        mentees = "; ".join(posts_line(p) for p in program.pairing.people if p.part == "mentee")
        lists = {
            name: joined(list(dict.fromkeys(str(x) for x in getattr(program, name).all())))
            for name in ("forms", "kinds", "difficulties", "strengths", "requests")
        }
        people = [p.person for p in program.pairing.people if p.part == "mentee"]
        many = len(people) > 1
        one = "Наставляемая" if people and people[0].gender == "f" else "Наставляемый"
        text = [
            f"Наставник: {mentors}.",
            f"{'Наставляемые' if many else one}: {mentees}.",
            f"Срок: {period(program.starts_on, program.ends_on)}",
            f"Ответственный куратор: {program.curator.full_name}.",
            f"Согласована методическим советом, протокол от {rushort(program.minutes_date)} № {program.minutes_number}."
            if program.minutes_number
            else "",
            f"Цель: {program.goal}",
            f"Формы наставничества: {lists['forms']}. Виды наставничества: {lists['kinds']}.",
            f"Обоснование: {program.justification}",
            f"Направления: {program.directions}",
            f"{'Запросы наставляемых' if many else 'Запрос наставляемого'}: {lists['requests']}.",
            f"Профессиональные затруднения: {lists['difficulties']}.",
            f"Сильные стороны: {lists['strengths']}." if lists["strengths"] else "",
        ]
        rows = [
            [
                str(n),
                a.title,
                rushort(a.due_on) if not a.starts_on else f"{rushort(a.starts_on)} – {rushort(a.due_on)}",
                "наставник, наставляемый" if a.responsible == "both" else a.get_responsible_display(),
                a.expected_result,
                a.evidence,
            ]
            for n, a in enumerate(program.activities.all(), 1)
        ]
        sheets.append(
            _table(
                f"Персонализированная программа наставничества {title(program.title)}",
                (
                    ("№", 5),
                    ("Мероприятие", 25),
                    ("Срок", 14),
                    ("Кто", 18),
                    ("Ожидаемый результат", 19),
                    ("Подтверждение", 19),
                ),
                rows,
                approved="УТВЕРЖДЕНА",
                text=[*[sentence(t) for t in text if t], "План мероприятий"],
            )
        )
    return sheets


def roadmap(order):
    """The year plan in the form that schools use (law-and-documents.md, 5.3)."""
    sheets = []
    for plan in (item.roadmap for item in order.items.all() if item.roadmap_id):
        rows = []
        for stage in plan.stages.all():
            for task in stage.tasks.all():
                dates = (
                    period(task.starts_on, task.due_on)
                    if task.starts_on and task.due_on
                    else f"до {rushort(task.due_on)}"
                    if task.due_on
                    else "в течение года"
                )
                rows.append(
                    [
                        f"{stage.number}.{task.number}",
                        stage.title,
                        task.text,
                        dates,
                        task.responsible_words,
                        task.expected_result,
                    ]
                )
        sheets.append(
            _table(
                "Дорожная карта (план мероприятий) по реализации Положения о системе наставничества педагогических работников "
                f"на {school_year(plan.school_year, full=True)} учебный год",
                (
                    ("№", 5),
                    ("Наименование этапа", 16),
                    ("Содержание деятельности и план мероприятий", 32),
                    ("Сроки", 14),
                    ("Ответственные", 15),
                    ("Ожидаемый результат", 18),
                ),
                rows,
                approved="УТВЕРЖДЕНА",
                wide=True,
            )
        )
    return sheets


def completion(order):
    """Results against the difficulties and the verdict, one row per mentee (п. 7.1)."""
    rows = []
    for n, c in enumerate((item.completion for item in order.items.all() if item.completion_id), 1):
        outcomes = [f"{o.difficulty.text} — {o.get_level_display()}" for o in c.outcomes.all()]
        done = sum(
            1
            for a in c.program.activities.all()
            for r in a.results.all()
            if r.participation_id == c.participation_id and r.state == "checked"
        )
        rows.append(
            [
                str(n),
                c.participation.person.full_name,
                title(c.program.title),
                f"{done} из {plural(len(c.program.activities.all()), 'мероприятия,мероприятий,мероприятий')}",
                "; ".join(outcomes),
                gendered(c.get_verdict_display(), c.participation.person.gender),
            ]
        )
    return [
        _table(
            f"Итоги реализации {'персонализированной программы' if len(rows) == 1 else 'персонализированных программ'} наставничества",
            (
                ("№", 5),
                ("Наставляемый", 18),
                ("Программа", 17),
                ("Выполнено", 17),
                ("Итоги по затруднениям", 23),
                ("Вывод", 21),
            ),
            rows,
        )
    ]


BUILDERS = {"assignment": assignment, "programs": programs, "roadmap": roadmap, "completion": completion}


def build(order) -> list[dict]:
    """Return the appendices of an order; an order of appointment has none."""
    return BUILDERS[order.kind](order) if order.kind in BUILDERS else []


def concerned(order) -> dict:
    """Return ``{person: post}`` of those whom the order concerns and who acknowledge it."""
    people = {}
    for item in order.items.all():
        subject = getattr(item, kind_of(item))
        if item.candidate_id:
            people.setdefault(subject.person, post_of(subject.person, teaching=True))
        elif item.completion_id:
            mentors = [p for p in subject.program.pairing.people if p.part == "mentor" and p.until is None]
            people |= {p.person: post_of(p.person, p.employment) for p in (subject.participation, *mentors)}
        elif item.roadmap_id:
            tasks = [task for stage in subject.stages.all() for task in stage.tasks.all()]
            people |= {person: post_of(person) for task in tasks for person in task.responsible.all()}
        else:
            pairing = subject if item.pairing_id else subject.pairing
            people |= {p.person: post_of(p.person, p.employment) for p in pairing.people}
    return people
