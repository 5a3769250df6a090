"""О приостановлении и о возобновлении реализации персонализированной программы."""

from mentoring_site.russian import plural, rudate, ruday, rushort
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.models import Pause, Resumption
from reports.orders.order_kinds.amendment import told
from reports.orders.order_kinds.assignment import people_of
from reports.orders.order_kinds.base import Kind, Subject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import mentees, named, side
from reports.orders.order_kinds.wording import CONTROL, CURATOR, by_regulation, executor, listed, point, since, title

PROGRAMME = ("персонализированную программу", "персонализированной программы", "персонализированных программ")


def suspend(order, setting) -> tuple[str, str, list[dict]]:
    """The term moves only by an amendment (п. 7.2); while it lasts, nothing is overdue."""
    items = subjects(order, "pause")
    one = len(items) == 1
    lines = [f"{told(p.program)}, {_lasts(p)} в связи с {p.reason.rstrip('.')}" for p in items]
    return (
        f"О приостановлении реализации {PROGRAMME[1 if one else 2]} наставничества",
        by_regulation(setting.school, "3.3", "7.2"),
        [
            listed(
                lines,
                f"Приостановить реализацию {PROGRAMME[1]} наставничества",
                f"Приостановить реализацию {PROGRAMME[2]} наставничества",
            ),
            point(
                "На время приостановления мероприятия не проводить и просроченными их не считать; срок программы"
                " изменять по обоюдному согласию наставника и наставляемого (пункт 7.2 Положения)."
            ),
            *executor(
                setting.curator,
                setting.until(7),
                "ознакомить наставника и наставляемых с настоящим приказом",
                "представить предложения о возобновлении реализации или о продлении срока",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


def _lasts(pause) -> str:
    if pause.until:
        return f"{since(pause.since)} по {rudate(pause.until)}"
    return f"{since(pause.since)} до издания приказа о возобновлении"


def resume(order, setting) -> tuple[str, str, list[dict]]:
    """Ends a suspension and asks the sides whether to prolong by the days that were lost."""
    items = subjects(order, "resumption")
    one = len(items) == 1
    lines = [
        f"{told(r.program)} и приостановленной приказом от {rushort(r.pause.order_date)} № {r.pause.order_number},"
        f" {since(r.on)}"
        for r in items
    ]
    return (
        f"О возобновлении реализации {PROGRAMME[1 if one else 2]} наставничества",
        by_regulation(setting.school, "3.3", "7.2"),
        [
            listed(
                lines,
                f"Возобновить реализацию {PROGRAMME[1]} наставничества",
                f"Возобновить реализацию {PROGRAMME[2]} наставничества",
            ),
            *[_prolong(r, setting) for r in items],
            *executor(setting.curator, setting.until(3), "ознакомить участников с настоящим приказом", role=CURATOR),
            point(CONTROL),
        ],
    )


def _prolong(r, setting) -> dict:
    days = max((r.on - r.pause.since).days, 0)
    pairing = r.program.pairing
    who = f"Наставнику {named(side(pairing, 'mentor'), 'dative')} и {mentees(side(pairing, 'mentee'), 'dative')}"
    return point(
        f"{who} {setting.until(10)} рассмотреть вопрос о продлении срока программы {title(r.program.title)} "
        f"на {plural(days, 'день,дня,дней')} (пункт 7.2 Положения)."
    )


def _program_order(program):
    return (f"утверждение программы ({program.approval})", program.order_date)


def _enact_pause(pause, *, by, order):
    pause_acts.register(pause, by=by, number=order.full_number, date=order.date, on=order.effective_on)


def _enact_resumption(resumption, *, by, order):
    pause_acts.register_resumption(resumption, by=by, number=order.full_number, date=order.date, on=order.effective_on)


def _pause_note(p) -> str:
    return f"с {ruday(p.since)}" + (f" по {ruday(p.until)}" if p.until else "")


PAUSED = Subject(
    name="pause",
    model="programs.Pause",
    verb="register",
    moments=frozenset({"ready"}),
    enact=_enact_pause,
    words=lambda p: f"приостановление программы «{p.program.title}»",
    short=lambda p: f"«{p.program.title}»",
    title=lambda p: f"«{p.program.title}»",
    note=_pause_note,
    line=lambda p: (f"«{p.program.title}» — программа приостанавливается", _pause_note(p)),
    told={
        "": (
            "программа,программы,программ",
            ("Приостановлена", "Приостановлены"),
            "Будет приостановлена",
            "Будут приостановлены",
        )
    },
    concerned=lambda p: people_of(p.program.pairing),
    cited=lambda found: [_program_order(p.program) for p in found],
    prefetch=lambda: Pause.objects.with_requirements(),
)

RESUMED = Subject(
    name="resumption",
    model="programs.Resumption",
    verb="register",
    moments=frozenset({"ready"}),
    enact=_enact_resumption,
    words=lambda r: f"возобновление программы «{r.program.title}»",
    short=lambda r: f"«{r.program.title}»",
    title=lambda r: f"«{r.program.title}»",
    note=lambda r: f"с {ruday(r.on)}",
    line=lambda r: (f"«{r.program.title}» — программа возобновляется", f"с {ruday(r.on)}"),
    told={
        "": (
            "программа,программы,программ",
            ("Возобновлена", "Возобновлены"),
            "Будет возобновлена",
            "Будут возобновлены",
        )
    },
    concerned=lambda r: people_of(r.program.pairing),
    cited=lambda found: [(f"приказ о приостановлении № {r.pause.order_number}", r.pause.order_date) for r in found],
    prefetch=lambda: Resumption.objects.with_requirements(),
)

SUSPENSION = Kind(
    code="pause",
    label="О приостановлении реализации программы",
    about=PAUSED,
    compose=suspend,
    visas=("curator",),
    order_by=("created_at", "pk"),
    waits=(
        "приостановление программы готово,приостановления программ готовы,приостановлений программ готово",
        "к приказу",
    ),
    empty=(
        "Приостановлений, переданных на приказ, нет. Их готовит куратор на странице программы.",
        "programs:programs",
    ),
    ready=lambda rows: Pause.objects.filter(state__in=PAUSED.moments),
)

RESUMING = Kind(
    code="resumption",
    label="О возобновлении реализации программы",
    about=RESUMED,
    compose=resume,
    visas=("curator",),
    order_by=("created_at", "pk"),
    waits=("возобновление программы готово,возобновления программ готовы,возобновлений программ готово", "к приказу"),
    empty=("Возобновлений, переданных на приказ, нет. Их готовит куратор на странице программы.", "programs:programs"),
    ready=lambda rows: Resumption.objects.filter(state__in=RESUMED.moments),
)
