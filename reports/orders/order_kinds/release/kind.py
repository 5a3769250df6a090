"""Об освобождении от выполнения должностных обязанностей для участия в мероприятии и о замене (п. 1.4).

Only the director, only in exceptional cases, and teaching goes on: every affected lesson has its substitute. It touches
pay, so it goes by личный состав.
"""

from mentoring_site.russian import rudate, rushort
from mentoring_site.workflow import Complaint
from people.language.declension import name_in, post_of
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import STAFF, OrderKind
from reports.orders.order_kinds.people import aside, named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.release.draft import Lesson, ReleaseDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, by_regulation, executor, point, title


def _when(proposal) -> str:
    hours = f" с {proposal.draft.starts} до {proposal.draft.ends}" if proposal.draft.starts else ""
    return f"{rudate(proposal.draft.day)}{hours}"


def compose(order, context):
    """Whom, when, for what event of which program; who teaches instead."""
    proposal = proposal_of(order)
    person, others = proposal.one_as("main"), proposal.people_as("substitute")
    event = (
        f"мероприятии {title(proposal.draft.event)} персонализированной программы наставничества"
        f" {title(proposal.draft.program)}"
    )
    points = [
        point(
            f"Освободить {aside(person, 'accusative')} от выполнения должностных обязанностей {_when(proposal)} для"
            f" участия в {event}."
        ),
    ]
    if others:
        points.append(
            point(
                f"Возложить на {named(others, 'accusative')} проведение занятий"
                f" {name_in(person, 'genitive', short=True)} согласно графику замен (приложение к настоящему приказу)."
            )
        )
    tasks = [f"ознакомить {named([person, *others], 'accusative')} с настоящим приказом"]
    if others:
        tasks.append("передать сведения о замене для оплаты фактически проведённых часов")
    return (
        "Об освобождении от выполнения должностных обязанностей для участия в мероприятии и о замене",
        (
            f"{by_regulation(context.school, '1.4')}, в связи с тем, что"
            f" {proposal.draft.reason.strip().rstrip('.')}, с сохранением непрерывности образовательного процесса"
        ),
        [*points, *executor(context.clerk, context.until(3), *tasks), point(CONTROL)],
    )


def appendices(order):
    """The lessons with their substitutes."""
    proposal = proposal_of(order)
    known = {p.pk: p for p in proposal.people_as("substitute")}
    rows = []
    for n, lesson in enumerate(proposal.draft.lessons, 1):
        who = known.get(lesson.substitute)
        day = rushort(proposal.draft.day)
        rows.append([str(n), day, lesson.time, lesson.what, f"{who.full_name}, {post_of(who)}" if who else ""])
    columns = (("№", 6), ("Дата", 13), ("Время", 15), ("Занятие", 31), ("Кто проводит", 35))
    return [appendix("График замен", columns, rows, approved="УТВЕРЖДЁН")] if rows else []


def _check(proposal):
    person = proposal.one_as("main")
    known = {p.pk for p in proposal.people_as("substitute")}
    found = [
        Complaint(f"Занятие «{lesson.what}» в {lesson.time}: не назначено, кто его проведёт", "Замену называет куратор")
        for lesson in proposal.draft.lessons
        if lesson.substitute not in known
    ]
    if person and person.pk in known:
        found.append(
            Complaint(
                (
                    f"{person.short_name} не может замещать самого себя"
                    if person.gender == "m"
                    else f"{person.short_name} не может замещать саму себя"
                ),
                "Исправляет тот, кто составил приказ",
            )
        )
    return found


def _specimen(by):
    program, people = samples.running_program(), samples.teachers(2)
    activity = program and program.activities.order_by("pk").first()
    if not activity or len(people) < 2:
        return None
    draft = ReleaseDraft(
        activity=activity.pk,
        event=activity.title,
        program=program.title,
        day=samples.day(5),
        starts="10:00",
        ends="12:00",
        reason="открытый урок проводится только в этот день",
        lessons=(Lesson("10:00–10:45", "3 класс, специальность", people[1].pk),),
    )
    return Particulars(draft, {"main": people[:1], "substitute": people[1:]})


RELEASE_ORDER = OrderKind(
    code="release",
    position=150,
    label="Об освобождении от обязанностей для участия в мероприятии и о замене",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    appendices=appendices,
    series=STAFF,
    subject_filter={"kind": "release"},
    single_subject=True,
    form="reports.orders.order_kinds.release.form.ReleaseForm",
    draft=ReleaseDraft,
    begins=lambda p: p.draft.day,
    check=_check,
    item_text=lambda p: (f"{p.one_as('main').full_name} — освобождается на время мероприятия", _when(p)),
    hint="Только в исключительных случаях, и занятия не прерываются (п. 1.4 Положения).",
    specimen=_specimen,
)
