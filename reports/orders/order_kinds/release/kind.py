"""Об освобождении от выполнения должностных обязанностей для участия в мероприятии и о замене (п. 1.4; ТК 60.2, 151).

Only the director, only in exceptional cases, and teaching goes on: somebody has confirmed it, and every affected lesson
has its substitute with a written consent and a pay. It touches pay, so it goes by личный состав.
"""

from datetime import date, timedelta

from mentoring_site.russian import joined, rudate, rushort
from mentoring_site.workflow import Complaint
from people.language.declension import name_in, named_with_post, post_in, post_of
from people.register.models import Person
from programs.journal.hours import month_words
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import PEOPLE, STAFF, OrderKind
from reports.orders.order_kinds.people import aside, named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.release.draft import KEPT, REPLACING, Lesson, ReleaseDraft, Substitution
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import (
    CODE,
    CONTROL,
    accounting,
    by_regulation,
    executor,
    listed,
    point,
    since,
    title,
    without_start,
)

REFUSAL = (
    "Работник вправе досрочно отказаться от выполнения дополнительной работы, а работодатель – досрочно отменить"
    " поручение о её выполнении, предупредив об этом другую сторону в письменной форме не позднее чем за три рабочих"
    f" дня (статья 60.2 {CODE})."
)
COMPOSER = "Указывает тот, кто составил приказ"
CLERK = "Получает и записывает специалист по кадрам"


def _when(proposal) -> str:
    draft = proposal.draft
    hours = f" с {draft.starts} до {draft.ends}" if draft.starts else ""
    days = f"{since(draft.day)} по {rudate(draft.until)}" if _is_longer(draft) else rudate(draft.day)
    return f"{days}{hours}"


def _is_longer(draft: ReleaseDraft) -> bool:
    return bool(draft.until and draft.until != draft.day)


def _in_time(draft: ReleaseDraft, context) -> str:
    """«в срок до …»: soon after the order, and always before the first day of the release."""
    last = context.on_or_before(draft.day - timedelta(days=1))
    if last < context.day:
        return "до начала мероприятия"
    return context.until(3) if context.day + timedelta(days=7) <= last else context.by_end(last)


def _schedule(draft: ReleaseDraft) -> tuple[str, str, str]:
    """Name the appendix and the heading: «График замен», «графику замен», « и о замене»."""
    replaced = any(lesson.substitute for lesson in draft.lessons)
    moved = any(lesson.moved_to for lesson in draft.lessons)
    if moved and replaced:
        words = "замен и переноса занятий"
        return f"График {words}", f"графику {words}", ", о замене и переносе занятий"
    if moved:
        return "График переноса занятий", "графику переноса занятий", " и о переносе занятий"
    return "График замен", "графику замен", " и о замене" if draft.lessons else ""


def _months(draft: ReleaseDraft) -> str:
    """«декабрь 2026 г.» or «декабрь 2026 г. и январь 2027 г.»: the months in which lessons are taken over."""
    days = sorted({(day.year, day.month) for day in (draft.day, draft.until or draft.day)})
    return joined([month_words(date(year, month, 1)) for year, month in days])


def compose(order, context):
    """Whom, when, for what event of which program, on what pay; who teaches instead, on what consent and pay."""
    proposal = proposal_of(order)
    draft, person, head = proposal.draft, proposal.one_as("main"), proposal.one_as("head")
    substitutes = _substitutes(proposal)
    event = f"мероприятии {title(draft.event)} персонализированной программы наставничества {title(draft.program)}"
    kept = f" {KEPT[draft.kept]}" if draft.kept else ""
    points = [
        point(
            f"Освободить {aside(person, 'accusative')} от выполнения должностных обязанностей {_when(proposal)} для"
            f" участия в {event}{kept}."
        ),
        *_replaced(proposal, substitutes),
    ]
    if draft.lessons and head:
        points += executor(head, _when(proposal), f"обеспечить проведение занятий согласно {_schedule(draft)[1]}")
    points += executor(
        context.clerk,
        "",
        f"{_in_time(draft, context)} ознакомить {named([person, *substitutes], 'accusative')} с настоящим приказом",
        *([f"учесть замену в табеле учёта рабочего времени за {_months(draft)}"] if substitutes else []),
    )
    if substitutes:
        paid = f"произвести оплату замены вместе с заработной платой за {_months(draft)}"
        points += accounting(context, paid, until="")
    return (
        f"Об освобождении от выполнения должностных обязанностей для участия в мероприятии{_schedule(draft)[2]}",
        _preamble(proposal, substitutes, context),
        [*points, point(CONTROL)],
    )


def _substitutes(proposal) -> list[Person]:
    """Return who teaches at least one lesson instead, in the order in which they were named."""
    teaching = {lesson.substitute for lesson in proposal.draft.lessons}
    return [p for p in proposal.people_as("substitute") if p.pk in teaching]


def _preamble(proposal, substitutes: list[Person], context) -> str:
    """The clause and the articles, the exceptional case, the dated consents, who confirms that teaching goes on."""
    draft, head = proposal.draft, proposal.one_as("head")
    terms = [draft.terms_of(p.pk) for p in substitutes]
    articles = sorted({a for t in terms if t.replacing for a in REPLACING[t.replacing].articles}, key=float)
    labour = f", статьями {joined(articles)} {CODE}" if articles else ""
    consents = [
        f"{name_in(p, 'genitive', short=True)} от {rushort(t.consent_on)}"
        for p, t in zip(substitutes, terms, strict=True)
        if t.consent_on
    ]
    word = "письменного согласия" if len(consents) == 1 else "письменных согласий"
    grounds = [f"{word} на дополнительную работу {joined(consents)}"] if consents else []
    if head and draft.continuity_on:
        who = joined([post_in(head, post_of(head), "genitive"), name_in(head, "genitive", short=True)], last="")
        grounds.append(
            f"подтверждения {' '.join(who.split())} от {rushort(draft.continuity_on)} о непрерывности образовательного"
            " процесса"
        )
    rests = f", на основании {joined(grounds)}" if grounds else ""
    reason = without_start(draft.reason, "в связи с тем, что")
    case = f", в исключительном случае, в связи с тем, что {reason}"
    return f"{by_regulation(context.school, '1.4')}{labour}{case}{rests}"


def _replaced(proposal, substitutes: list[Person]) -> list[dict]:
    """Who teaches instead; without substitutes, that the lessons are moved."""
    draft, person = proposal.draft, proposal.one_as("main")
    whose = name_in(person, "genitive", short=True)
    schedule = f"{_schedule(draft)[1]} (приложение к настоящему приказу)"
    if not substitutes:
        moved = any(lesson.moved_to for lesson in draft.lessons)
        return [point(f"Перенести занятия {whose} согласно {schedule}.")] if moved else []
    start = f"Возложить с письменного согласия работника проведение занятий {whose} согласно {schedule} на"
    many = start.replace("согласия работника", "согласия работников")
    lines = [_charged(p, proposal.draft.terms_of(p.pk)) for p in substitutes]
    return [listed(lines, start, many), point(REFUSAL)]


def _charged(person: Person, terms: Substitution) -> str:
    """«Кима Дмитрия Эдуардовича, концертмейстера, в пределах … рабочего времени, с доплатой в размере …»."""
    words = [named_with_post(person, "accusative")]
    words += [REPLACING[terms.replacing].words] if terms.replacing else []
    words += [terms.pay_words] if terms.is_paid else []
    return ", ".join(words)


def appendices(order):
    """The lessons with their substitutes."""
    proposal = proposal_of(order)
    known = {p.pk: p for p in proposal.people_as("substitute")}
    rows = []
    for n, lesson in enumerate(proposal.draft.lessons, 1):
        who = known.get(lesson.substitute)
        day = rushort(lesson.day or proposal.draft.day)
        by = ", ".join(filter(None, [who.full_name, post_of(who)])) if who else ""
        if lesson.moved_to:
            by = f"переносится на {rushort(lesson.moved_to)}"
        rows.append([str(n), day, lesson.time, lesson.what, lesson.place, by])
    name = _schedule(proposal.draft)[0]
    last = "Кто проводит" if name == "График замен" else "Кто проводит или когда"
    columns = (("№", 5), ("Дата", 13), ("Время", 13), ("Занятие", 25), ("Место", 13), (last, 31))
    return [appendix(name, columns, rows, approved="УТВЕРЖДЁН")] if rows else []


def _check(proposal):
    """Everything that the order needs before it is agreed, and who supplies it."""
    draft, head = proposal.draft, proposal.one_as("head")
    found = []
    if not draft.lessons and not draft.no_lessons:
        found.append(
            Complaint(
                "Не названы занятия, которые затронет освобождение",
                "Называет заведующий отделением, записывает куратор; если занятий нет, он отмечает это",
            )
        )
    found += [c for lesson in draft.lessons for c in _check_lesson(lesson, proposal)]
    found += [c for p in _substitutes(proposal) for c in _check_terms(p, draft.terms_of(p.pk))]
    if draft.kept not in KEPT:
        found.append(Complaint("Не указано, как оплачивается время освобождения", COMPOSER))
    if not head or not draft.continuity_on:
        found.append(
            Complaint(
                "Никто не подтвердил, что учебный процесс не прервётся (п. 1.4)",
                "Подтверждает заведующий отделением или заместитель директора, имя и день записывает тот, кто составил"
                " приказ",
            )
        )
    elif head == proposal.one_as("main"):
        found.append(
            Complaint(
                f"{head.short_name} не может подтвердить непрерывность занятий за себя (п. 1.4)",
                "Подтверждает заведующий отделением или заместитель директора",
            )
        )
    return found


def _check_lesson(lesson: Lesson, proposal) -> list[Complaint]:
    person = proposal.one_as("main")
    known = {p.pk for p in proposal.people_as("substitute")}
    name = f"Занятие «{lesson.what}» в {lesson.time}"
    found = []
    if lesson.moved_to:
        if lesson.moved_to == (lesson.day or proposal.draft.day):
            found.append(Complaint(f"{name}: перенести нужно на другой день", COMPOSER))
        return found
    if lesson.substitute not in known:
        text = f"{name}: не назначено, кто его проведёт, и не сказано, на какой день оно перенесено"
        found.append(Complaint(text, "Замену называет заведующий отделением, записывает куратор"))
    elif person and lesson.substitute == person.pk:
        own = "самого" if person.gender == "m" else "саму"
        text = f"{person.short_name} не может замещать {own} себя"
        found.append(Complaint(text, "Исправляет тот, кто составил приказ"))
    if not lesson.place:
        found.append(Complaint(f"{name}: не указано место", COMPOSER))
    return found


def _check_terms(person: Person, terms: Substitution) -> list[Complaint]:
    name = person.short_name
    found = []
    if not terms.consent_on:
        found.append(Complaint(f"{name}: нет письменного согласия на дополнительную работу (ТК 60.2)", CLERK))
    if terms.replacing not in REPLACING:
        text = f"{name}: не указано, в каком порядке идёт замена: в рабочее время, сверх него или по часам"
        found.append(Complaint(text, CLERK))
    elif not terms.is_paid:
        found.append(Complaint(f"{name}: не указана оплата замены (ТК 151, 152)", CLERK))
    return found


def _consents(proposal) -> list[tuple]:
    """Return the papers that the order rests on: the substitutes' consents and the confirmation of continuity."""
    draft = proposal.draft
    people = [(p, draft.terms_of(p.pk).consent_on) for p in _substitutes(proposal)]
    papers = [(f"согласие {name_in(p, 'genitive', short=True)} на дополнительную работу", day) for p, day in people]
    return [*papers, ("подтверждение непрерывности образовательного процесса", draft.continuity_on)]


def _specimen(by):
    program, people = samples.running_program(), samples.teachers(2)
    activity = program.activities.order_by("-due_on", "pk").first() if program else None
    if program is None or activity is None or len(people) < 2:
        return None
    person = Person.objects.filter(participations__pairing=program.pairing_id, participations__part="mentor")[0]
    other = next(p for p in people if p != person)
    draft = ReleaseDraft(
        activity=activity.pk,
        event=activity.title,
        program=program.title,
        day=samples.day(5),
        starts="10:00",
        ends="12:00",
        reason="мероприятие проводится только в этот день",
        lessons=(Lesson("10:00–10:45", "3 класс, специальность", other.pk, place="каб. 12"),),
        substitutions=(Substitution(other.pk, "within", samples.day(), "percent", "10"),),
        kept="average",
        continuity_on=samples.day(),
    )
    return Particulars(draft, {"main": [person], "substitute": [other], "head": [by.person]})


RELEASE_ORDER = OrderKind(
    code="release",
    group=PEOPLE,
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
    cited=_consents,
    item_text=lambda p: (f"{p.one_as('main').full_name} — освобождается на время мероприятия", _when(p)),
    hint=(
        "Только в исключительных случаях, и занятия не прерываются (п. 1.4 Положения). Сохранить можно и неполные"
        " сведения: приказ скажет, чего не хватает и кто это даёт."
    ),
    specimen=_specimen,
)
