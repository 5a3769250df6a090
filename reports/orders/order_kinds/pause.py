"""О приостановлении и о возобновлении реализации персонализированной программы."""

from django.db.models import Q

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import plural, rudate, ruday
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.models import Pause, Resumption
from reports.orders.order_kinds import agreements, samples
from reports.orders.order_kinds.amendment import program_with_people
from reports.orders.order_kinds.assignment import people_of
from reports.orders.order_kinds.base import PROGRAMS, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import mentees, named, side
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    because_of,
    by_regulation,
    executor,
    grounded,
    listed,
    point,
    since,
    title,
)

PROGRAM = ("персонализированную программу", "персонализированной программы", "персонализированных программ")


def suspend(order, context) -> tuple[str, str, list[dict]]:
    """The term moves only by an amendment (п. 7.2); while it lasts, nothing is overdue."""
    items = subjects(order, "pause")
    one = len(items) == 1
    what = "программы" if one else "программ"
    lines = [f"{program_with_people(p.program)}, {_lasts(p)} {because_of(p)}" for p in items]
    stops = agreements.stop_tasks([p.program.pairing for p in items], min(p.since for p in items))
    return (
        f"О приостановлении реализации {PROGRAM[1 if one else 2]} наставничества",
        f"{by_regulation(context.school, '3.3')}{grounded(items)}",
        [
            listed(
                lines,
                f"Приостановить реализацию {PROGRAM[1]} наставничества",
                f"Приостановить реализацию {PROGRAM[2]} наставничества",
            ),
            point(
                f"На время приостановления мероприятия {what} не проводятся и просроченными не считаются."
                f" Срок {what} настоящим приказом не изменяется."
            ),
            *executor(
                context.curator,
                "",
                f"{context.until(7)} ознакомить {_everybody(items)} с настоящим приказом",
                f"до окончания приостановления представить предложения о сроке {what}",
                role=CURATOR,
            ),
            *(executor(context.clerk, context.until(3), *stops) if stops else []),
            point(CONTROL),
        ],
    )


def _everybody(items) -> str:
    """«наставника Эняеву Б. С. и наставляемую Кекееву К. С.», of several programs only the names."""
    pairings = [item.program.pairing for item in items]
    if len(pairings) > 1:
        return named(list(dict.fromkeys(p.person for pairing in pairings for p in pairing.people)), "accusative")
    mentor = named(side(pairings[0], "mentor"), "accusative")
    return f"наставника {mentor} и {mentees(side(pairings[0], 'mentee'), 'accusative')}"


def _lasts(pause) -> str:
    if pause.until:
        return f"{since(pause.since)} по {rudate(pause.until)}"
    return f"{since(pause.since)} до издания приказа о возобновлении"


def resume(order, context) -> tuple[str, str, list[dict]]:
    """Ends a suspension and asks the sides whether to prolong by the days that were lost."""
    items = subjects(order, "resumption")
    one = len(items) == 1
    lines = [
        f"{program_with_people(r.program)} и приостановленной приказом"
        f" {PaperRef(r.pause.order_number, r.pause.order_date)}, {since(r.on)}"
        for r in items
    ]
    return (
        f"О возобновлении реализации {PROGRAM[1 if one else 2]} наставничества",
        by_regulation(context.school, "3.3"),
        [
            listed(
                lines,
                f"Возобновить реализацию {PROGRAM[1]} наставничества",
                f"Возобновить реализацию {PROGRAM[2]} наставничества",
            ),
            *[_prolong(r, context) for r in items],
            *executor(
                context.curator, context.until(3), f"ознакомить {_everybody(items)} с настоящим приказом", role=CURATOR
            ),
            *_paid_again(items, context),
            point(CONTROL),
        ],
    )


def _paid_again(items, context) -> list[dict]:
    """A pay that an order has stopped for the suspension is set anew by another one (ТК 351.8)."""
    tasks = agreements.set_tasks([r.program.pairing for r in items])
    return executor(context.clerk, context.until(3), *tasks) if tasks else []


def _prolong(r, context) -> dict:
    days = max((r.on - r.pause.since).days, 0)
    pairing = r.program.pairing
    who = f"Наставнику {named(side(pairing, 'mentor'), 'dative')} и {mentees(side(pairing, 'mentee'), 'dative')}"
    return point(
        f"{who} {context.until(10)} рассмотреть вопрос о продлении срока программы {title(r.program.title)} "
        f"на {plural(days, 'день,дня,дней')} (пункт 7.2 Положения)."
    )


def _program_order(program):
    return (f"утверждение программы ({program.approval})", program.order_date)


def _enact_pause(pause, *, by, order):
    pause_acts.enact(pause, by=by, number=order.number, date=order.date, on=order.effective_on)


def _enact_resumption(resumption, *, by, order):
    pause_acts.enact_resumption(resumption, by=by, number=order.number, date=order.date, on=order.effective_on)


def _pause_note(p) -> str:
    return f"с {ruday(p.since)}" + (f" по {ruday(p.until)}" if p.until else "")


PAUSE_SUBJECT = OrderSubject(
    name="pause",
    position=80,
    model="programs.Pause",
    transition="register",
    states=frozenset({Pause.State.READY}),
    enact=_enact_pause,
    phrase=lambda p: f"приостановление программы «{p.program.title}»",
    short_name=lambda p: f"«{p.program.title}»",
    title=lambda p: f"«{p.program.title}»",
    note=_pause_note,
    begins=lambda p: p.since,
    item_text=lambda p: (f"«{p.program.title}» — программа приостанавливается", _pause_note(p)),
    summary_forms={
        "": (
            "программа,программы,программ",
            ("Приостановлена", "Приостановлены"),
            "Будет приостановлена",
            "Будут приостановлены",
        )
    },
    items_about=lambda pairing: Q(pause__program__pairing=pairing),
    people_concerned=lambda p: people_of(p.program.pairing),
    cited_papers=lambda found: [
        *[_program_order(p.program) for p in found],
        *[(p.get_paper_display(), p.paper_on) for p in found if p.paper],
    ],
    queryset=lambda: Pause.objects.with_requirements(),
    list_select_related=("pause__program",),
)

RESUMPTION_SUBJECT = OrderSubject(
    name="resumption",
    position=90,
    model="programs.Resumption",
    transition="register",
    states=frozenset({Resumption.State.READY}),
    enact=_enact_resumption,
    phrase=lambda r: f"возобновление программы «{r.program.title}»",
    short_name=lambda r: f"«{r.program.title}»",
    title=lambda r: f"«{r.program.title}»",
    note=lambda r: f"с {ruday(r.on)}",
    begins=lambda r: r.on,
    item_text=lambda r: (f"«{r.program.title}» — программа возобновляется", f"с {ruday(r.on)}"),
    summary_forms={
        "": (
            "программа,программы,программ",
            ("Возобновлена", "Возобновлены"),
            "Будет возобновлена",
            "Будут возобновлены",
        )
    },
    items_about=lambda pairing: Q(resumption__pause__program__pairing=pairing),
    people_concerned=lambda r: people_of(r.program.pairing),
    cited_papers=lambda found: [
        (f"приказ о приостановлении № {r.pause.order_number}", r.pause.order_date) for r in found
    ],
    queryset=lambda: Resumption.objects.with_requirements(),
    list_select_related=("resumption__pause__program",),
)


def _pause_specimen(by):
    made = samples.changed_program(
        Pause,
        by=by,
        since=samples.day(7),
        until=samples.day(27),
        reason="ежегодным отпуском",
        paper=Pause.Paper.ORDER,
        paper_number="6-лс",
        paper_on=samples.day(-3),
    )
    for pause in made or []:
        pause.about = pause.program.pairing.participations.filter(part="mentor").first()
        pause.save()
    return made


PAUSE_ORDER = OrderKind(
    code="pause",
    group=PROGRAMS,
    position=90,
    label="О приостановлении реализации программы",
    subject=PAUSE_SUBJECT,
    compose=suspend,
    visa_roles=("curator",),
    order_by=("created_at", "pk"),
    waiting_words=(
        "приостановление программы готово,приостановления программ готовы,приостановлений программ готово",
        "к приказу",
    ),
    empty_state=(
        "Приостановлений, переданных на приказ, нет. Их готовит куратор на странице программы.",
        "programs:programs",
    ),
    undone_by={
        "resumption": "Приостановленную программу возобновляет приказ о возобновлении",
    },
    specimen=_pause_specimen,
)


def _resumption_specimen(by):
    program = samples.running_program()
    if program is None:
        return None
    begun = samples.day(-10)
    order = {"order_number": "55-од", "order_date": begun, "effective_on": begun}
    pause = Pause.objects.create(
        program=program, state=Pause.State.REGISTERED, since=begun, reason="отпуском наставника", created_by=by, **order
    )
    return [Resumption.objects.create(pause=pause, on=samples.day(), state=Resumption.State.READY, created_by=by)]


RESUMPTION_ORDER = OrderKind(
    code="resumption",
    group=PROGRAMS,
    position=100,
    label="О возобновлении реализации программы",
    subject=RESUMPTION_SUBJECT,
    compose=resume,
    visa_roles=("curator",),
    order_by=("created_at", "pk"),
    waiting_words=(
        "возобновление программы готово,возобновления программ готовы,возобновлений программ готово",
        "к приказу",
    ),
    empty_state=(
        "Возобновлений, переданных на приказ, нет. Их готовит куратор на странице программы.",
        "programs:programs",
    ),
    undone_by={
        "pause": "Возобновлённую программу приостанавливает приказ о приостановлении",
    },
    specimen=_resumption_specimen,
)
