"""О продлении срока и корректировке персонализированной программы, by consent of every side (п. 7.2)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from mentoring_site.russian import joined, lower_first, rudate, rushort
from people.school import workdays
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.program.sections import PLAN_COLUMNS, expected
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.assignment import people_of
from reports.orders.order_kinds.base import PROGRAMS, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import mentees, named, reads_program, side
from reports.orders.order_kinds.wording import CONTROL, CURATOR, by_regulation, executor, listed, point, title


def compose(order, context) -> tuple[str, str, list[dict]]:
    """Prolongs, rewords or both; a term of more than a year names the decision that it rests on."""
    items = subjects(order, "amendment")
    one = len(items) == 1
    longer, reworded = [a for a in items if a.new_end], [a for a in items if a.plan is not None or a.form_names]
    what = "персонализированной программы" if one else "персонализированных программ"
    points = [_longer(longer)] if longer else []
    points += [_reworded(order, items)] if any(a.plan is not None for a in items) else []
    points += [_forms(a) for a in items if a.form_names]
    return (
        f"{_heading(longer, reworded)} {what} наставничества",
        f"{by_regulation(context.school, '7.2')}, на основании {_grounds(items)}",
        [
            *points,
            *executor(
                context.curator,
                context.until(7),
                "ознакомить участников программы с её изменениями"
                if one
                else "ознакомить участников программ с их изменениями",
                "обеспечить сопровождение и мониторинг реализации с учётом изменений",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


def _heading(longer, reworded) -> str:
    if longer and reworded:
        return "О продлении срока реализации и корректировке"
    return "О продлении срока реализации" if longer else "О корректировке"


def _grounds(items) -> str:
    words: list[str] = []
    for a in items:
        given = {side: consent["on"] for side, consent in a.consents_by_side.items()}
        people = sorted(a.program.pairing.people, key=lambda p: p.part != "mentor")
        words += [
            f"{'наставника' if p.part == 'mentor' else mentees([p.person], 'genitive').split()[0]} "
            f"{named([p.person], 'genitive')}{f' от {rushort(given[p.pk])}' if p.pk in given else ''}"
            for p in people
        ]
    return f"обоюдного согласия {joined(list(dict.fromkeys(words)))}"


def program_with_people(program) -> str:
    """Return «Название» (наставник …, наставляемая …), утверждённой приказом от … №…»."""
    people = f"наставник {named(side(program.pairing, 'mentor'), 'nominative')}"
    led = mentees(side(program.pairing, "mentee"), "nominative")
    paper = f"от {rushort(program.order_date)}"
    how = f"директором {paper}" if program.by_grif else f"приказом {paper} № {program.order_number}"
    return f"{title(program.title)} ({people}, {led}), утверждённой {how}"


def _longer(items) -> dict:
    lines = [
        f"{program_with_people(a.program)}, истекающий {rudate(a.old_end or a.program.ends_on)}, до {rudate(a.new_end)}"
        + (f" (решение об особом сроке: {lower_first(a.term_decision.rstrip('.'))})" if a.term_decision else "")
        for a in items
    ]
    start = "Продлить срок реализации персонализированной программы наставничества"
    return listed(lines, start, "Продлить срок реализации персонализированных программ наставничества")


def _reworded(order, items) -> dict:
    changed = [a for a in items if a.plan is not None]
    if len(changed) == 1:
        return point(
            "Изложить план мероприятий персонализированной программы наставничества "
            f"{title(changed[0].program.title)} в новой редакции согласно приложению к настоящему приказу."
        )
    lines = [f"{title(a.program.title)} (приложение № {n})" for n, a in enumerate(changed, 1)]
    return point("Изложить в новой редакции планы мероприятий персонализированных программ наставничества:", *lines)


def _forms(a) -> dict:
    names = joined([f"«{name}»" for name in a.form_names])
    word = "форму" if len(a.form_names) == 1 else "формы"
    return point(f"Установить {word} наставничества {names} для программы {title(a.program.title)}.")


def appendices(order):
    """Each plan in its new wording on its own sheet, «УТВЕРЖДЁН» (docs/law.md#orders-text)."""
    found = []
    for a in subjects(order, "amendment"):
        if a.plan is None:
            continue
        rows = [
            [
                str(n),
                line["title"],
                _when(line),
                _who(a.program, line["responsible"]),
                expected(line["expected_result"], line["evidence"]),
            ]
            for n, line in enumerate(a.plan, 1)
        ]
        head = (
            f"План мероприятий персонализированной программы наставничества {title(a.program.title)} в новой редакции"
        )
        found.append(appendix(head, PLAN_COLUMNS, rows, approved="УТВЕРЖДЁН"))
    return found


def _who(program, responsible) -> str:
    """«наставник», «наставляемая», «наставник и наставляемые»."""
    led = [p.part_word for p in program.pairing.people if p.part == "mentee"]
    word = led[0] if len(led) == 1 else "наставляемые"
    return {"mentor": "наставник", "mentee": word, "both": f"наставник и {word}"}[responsible]


def _when(line) -> str:
    due = rushort(date.fromisoformat(line["due_on"]))
    return f"{rushort(date.fromisoformat(line['starts_on']))} – {due}" if line["starts_on"] else due


def _cited(found):
    papers = [(f"утверждение программы ({a.program.approval})", a.program.order_date) for a in found]
    return papers + [("согласие участника с изменением", c["on"]) for a in found for c in a.consents_by_side.values()]


def _enact(amendment, *, by, order):
    amendment_acts.enact(amendment, by=by, number=order.number, date=order.date, on=order.effective_on)


def _note(a) -> str:
    parts = [f"до {rudate(a.new_end)}"] if a.new_end else []
    parts += ["план в новой редакции"] if a.plan is not None else []
    return " · ".join(parts + (["формы наставничества"] if a.form_names else []))


AMENDMENT_SUBJECT = OrderSubject(
    name="amendment",
    position=60,
    model="programs.Amendment",
    transition="register",
    states=frozenset({Amendment.State.READY}),
    enact=_enact,
    phrase=lambda a: f"изменение программы «{a.program.title}»",
    short_name=lambda a: f"«{a.program.title}»",
    title=lambda a: f"«{a.program.title}»",
    note=_note,
    item_text=lambda a: (f"«{a.program.title}» — программа изменяется", _note(a)),
    summary_forms={"": ("программа,программы,программ", ("Изменена", "Изменены"), "Будет изменена", "Будут изменены")},
    items_about=lambda pairing: Q(amendment__program__pairing=pairing),
    people_concerned=lambda a: people_of(a.program.pairing),
    cited_papers=_cited,
    is_pending=lambda a: a.before is None,
    queryset=lambda: Amendment.objects.with_requirements(),
    list_queryset=lambda: Amendment.objects.select_related("program").prefetch_related("forms"),
    reads_appendices=lambda a, user: reads_program(a.program, user),
)


def _specimen(by):
    program = samples.running_program(samples.unchanged(Amendment))
    if program is None or program.ends_on is None:
        return None
    new_end: date = workdays.on_or_before(program.ends_on + timedelta(days=30))
    further: dict[str, Any] = {
        "pk": None,
        "title": "Открытый урок с разбором",
        "starts_on": None,
        "due_on": workdays.on_or_before(new_end - timedelta(days=7)).isoformat(),
        "responsible": "both",
        "expected_result": "лист наблюдения",
        "evidence": "лист наблюдения",
        "statements": [],
    }
    plan = [*amendment_acts.present_plan(program), further]
    made = samples.changed_program(Amendment, by=by, new_end=new_end, plan=plan, reason="Нужно больше времени")
    for amendment in made or []:
        for side_of in amendment.program.pairing.participations.live():
            amendment.consents.create(participation=side_of, given_on=samples.day(-3), on_paper=True, by=by)
    return made


AMENDMENT_ORDER = OrderKind(
    code="amendment",
    group=PROGRAMS,
    position=70,
    label="О продлении срока или корректировке программы",
    subject=AMENDMENT_SUBJECT,
    compose=compose,
    visa_roles=("curator", "chair"),
    appendices=appendices,
    confidential_appendices=True,
    order_by=("created_at", "pk"),
    waiting_words=("изменение программы готово,изменения программ готовы,изменений программ готово", "к приказу"),
    empty_state=(
        "Изменений программ, переданных на приказ, нет. Их готовят на странице программы по согласию всех сторон.",
        "programs:programs",
    ),
    undone_by={
        "amendment": "Прежний срок и план возвращает приказ о новой корректировке",
    },
    specimen=_specimen,
)
