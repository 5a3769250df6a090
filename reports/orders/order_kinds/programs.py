"""Об утверждении персонализированных программ наставничества (п. 1.2, 3.3–3.5)."""

from django.db.models import Exists, Q

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import period
from people.school.models import School
from programs.pairings.acts import pairing_title
from programs.pairings.models import required_people
from programs.program.approval import acts as approval_acts
from programs.program.content import LISTS
from programs.program.models import Program
from programs.program.sections import agreed_text, sections
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.assignment import council_cited, people_of
from reports.orders.order_kinds.base import PROGRAMS, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import mentees, named, reads_program, side
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    by_regulation,
    executor,
    minutes,
    point,
    term,
    title,
)


def compose(order, context) -> tuple[str, str, list[dict]]:
    """Each program stands in its own appendix."""
    items = subjects(order, "program")
    one = len(items) == 1
    council = minutes(items, "решения", "решений")
    preamble = by_regulation(context.school, "1.2", "3.3", "3.5") + (f", на основании {council}" if council else "")
    lines = [_program(p) + ("" if one else f" (приложение № {n})") for n, p in enumerate(items, 1)]
    approve = (
        point(
            f"Утвердить персонализированную программу наставничества {lines[0]} согласно приложению к настоящему"
            " приказу."
        )
        if one
        else point("Утвердить персонализированные программы наставничества:", *lines)
    )
    last = max(p.ends_on for p in items)
    if one:
        mentor, led = side(items[0].pairing, "mentor"), side(items[0].pairing, "mentee")
        link = " и" if len(led) == 1 else ","
        who = f"Наставнику {named(mentor, 'dative')}{link} {mentees(led, 'dative')}"
        carry_out = f"{who} выполнить мероприятия программы {context.by_end(last)}"
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
                curators[0] if len(curators) == 1 else context.curator,
                context.by_end(last),
                follow,
                role="ответственному куратору" if len(curators) == 1 else CURATOR,
            ),
            point(CONTROL),
        ],
    )


def _program(program) -> str:
    people = f"наставник {named(side(program.pairing, 'mentor'), 'nominative')}"
    led = mentees(side(program.pairing, "mentee"), "nominative")
    return f"{title(program.title)} ({people}, {led}) {term(program.starts_on, program.ends_on)}"


def appendices(order):
    """Each program on its own sheet, «УТВЕРЖДЕНА»: the sections that the council has agreed (п. 1.2, 3.5)."""
    return [
        appendix(
            f"Персонализированная программа наставничества {title(program.title)}",
            (),
            [],
            approved="УТВЕРЖДЕНА",
            note=_agreed(program),
            sections=sections(agreed_text(program)),
        )
        for program in subjects(order, "program")
    ]


def _agreed(program) -> str:
    if not program.minutes_number:
        return ""
    return f"Согласована методическим советом, протокол {PaperRef(program.minutes_number, program.minutes_date)}"


def _enact(program, *, by, order):
    approval_acts.approve(program, by=by, number=order.number, date=order.date, on=order.effective_on)


def _cited(found):
    orders = [(f"приказ о закреплении № {p.pairing.order_number}", p.pairing.order_date) for p in found]
    return [*council_cited(found), *orders]


def _with_papers(rows):
    """Keep agreed programs, unless the school approves them by a mark on the program («гриф»)."""
    by_grif = School.objects.filter(programs_by_grif=True)
    return rows.filter(~Exists(by_grif))


PROGRAM_SUBJECT = OrderSubject(
    name="program",
    position=30,
    model="programs.Program",
    transition="approve",
    states=frozenset({Program.State.AGREED}),
    enact=_enact,
    phrase=lambda p: f"программа «{p.title}»",
    short_name=lambda p: f"«{p.title}»",
    title=lambda p: f"«{p.title}»",
    note=lambda p: f"{pairing_title(p.pairing)} · {period(p.starts_on, p.ends_on)}",
    begins=lambda p: p.starts_on,
    item_text=lambda p: (f"«{p.title}» — утверждается программа", period(p.starts_on, p.ends_on)),
    summary_forms={
        "": ("программа,программы,программ", ("Утверждена", "Утверждены"), "Будет утверждена", "Будут утверждены")
    },
    items_about=lambda pairing: Q(program__pairing=pairing),
    people_concerned=lambda p: people_of(p.pairing),
    cited_papers=_cited,
    narrow_candidates=lambda found: (
        found.prefetch_related(None)
        .select_related("pairing")
        .prefetch_related(required_people("pairing__"), "forms", "kinds")
    ),
    select_related=("program__pairing", "program__curator"),
    list_select_related=("program",),
    requirement_prefetches=lambda before: [required_people(f"{before}pairing__"), f"{before}forms", f"{before}kinds"],
    appendix_prefetches=lambda before: [f"{before}{name}" for name in (*LISTS, "activities", "versions")],
    people_named=lambda p: [p.curator, *[x.person for x in p.pairing.people]],
    reads_appendices=reads_program,
)

PROGRAMS_ORDER = OrderKind(
    code="programs",
    group=PROGRAMS,
    position=60,
    label="Об утверждении персонализированных программ наставничества",
    subject=PROGRAM_SUBJECT,
    compose=compose,
    visa_roles=("curator", "chair"),
    appendices=appendices,
    confidential_appendices=True,
    order_by=("minutes_date", "pk"),
    waiting_words=("программа готова,программы готовы,программ готовы", "к приказу об утверждении"),
    empty_state=(
        "Согласованных программ без приказа нет. Программу согласует методический совет.",
        "programs:programs",
    ),
    with_papers=_with_papers,
    undone_by={
        "amendment": "Программу меняет приказ о продлении или корректировке",
        "completion": "Программу заканчивает приказ о завершении",
    },
)
