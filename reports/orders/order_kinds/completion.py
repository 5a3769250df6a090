"""О завершении персонализированной программы наставничества, for one of the reasons of п. 7.1."""

from django.db.models import Q
from django.utils import timezone

from mentoring_site.russian import joined, plural, rushort
from people.language.declension import name_in, post_in, post_of
from people.language.names import agree
from programs.completion import acts as completion_acts
from programs.completion.models import Completion
from programs.pairings.models import required_people
from reports.orders.order_kinds import agreements
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import PROGRAMS, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import PAIRINGS, mentees, named, part_of
from reports.orders.order_kinds.wording import (
    CODE,
    CONTROL,
    CURATOR,
    by_regulation,
    executor,
    listed,
    point,
    title,
)

REASONS = {
    "plan": "в связи с завершением плана мероприятий в полном объёме",
    "mentor": "по инициативе наставника (по уважительным обстоятельствам)",
    "mentee": "по инициативе наставляемого (по уважительным обстоятельствам)",
    "mutual": "по обоюдному решению наставника и наставляемого (по уважительным обстоятельствам)",
    "improper": "по инициативе куратора в связи с недолжным исполнением персонализированной программы наставничества",
    "force": "по инициативе куратора в связи с обстоятельствами непреодолимой силы",
    "consent": "по инициативе участника программы (отозвано согласие на обработку персональных данных)",
}
"""The three reasons of п. 7.1 with their variants, as an order says them."""


def compose(order, context) -> tuple[str, str, list[dict]]:
    """Results stand in the appendix; pairs end with their last mentee."""
    items = subjects(order, "completion")
    one = len(items) == 1
    what = "персонализированной программы" if one else "персонализированных программ"
    lines = [_completed(c) for c in items]
    stops = agreements.stop_tasks(_ending(items), context.day)
    done = (
        point(f"Считать завершённой персонализированную программу наставничества {lines[0]}.")
        if one
        else point("Считать завершёнными персонализированные программы наставничества:", *lines)
    )
    return (
        f"О завершении {what} наставничества",
        f"{by_regulation(context.school, '7.1', labour=any(map(_refused, items)))}, на основании {_grounds(items)}",
        [
            done,
            *_outcomes(items, what),
            *_endings(items),
            *executor(
                context.curator,
                context.until(10),
                f"внести сведения о завершении {'программы' if one else 'программ'} в банк наставников и наставляемых",
                "учесть итоги при подготовке аналитического отчёта",
                role=CURATOR,
            ),
            *(executor(context.clerk, context.until(3), *stops) if stops else []),
            point(CONTROL),
        ],
    )


def _outcomes(items, what: str) -> list[dict]:
    """Results are approved where there are any: after a withdrawn consent none are written."""
    if all(c.reason == "consent" for c in items):
        return []
    return [point(f"Утвердить итоги реализации {what} наставничества согласно приложению к настоящему приказу.")]


def _completed(c) -> str:
    person = c.participation.person
    post = post_of(person, c.participation.employment)
    post = f", {post_in(person, post, 'genitive')}," if post else ""
    reason = REASONS[c.reason]
    if _refused(c):  # a refusal under ТК 351.8 needs no reason and is nobody's fault
        reason = f"в связи с досрочным отказом наставника от осуществления наставничества (статья 351.8 {CODE})"
    if person.gender == "f":
        reason = reason.replace("наставляемого", "наставляемой")
    return f"{title(c.program.title)} в отношении {name_in(person, 'genitive')}{post} {reason}"


def _refused(c) -> bool:
    return c.reason == Completion.Reason.MENTOR and not c.circumstances.strip()


def _grounds(items) -> str:
    """The dated paper of each reason: conclusions, reviews, statements, agreements of both sides, a curator's memo."""
    if all(c.reason == "consent" for c in items):  # neither conclusion nor review: nothing new is written
        days = list(dict.fromkeys(c.notice_on for c in items))
        return joined([f"отзыва согласия на обработку персональных данных от {rushort(day)}" for day in days])
    one = len(items) == 1
    woman = one and items[0].participation.person.gender == "f"
    mentors = _mentors(items)
    found = [
        _written("заключения наставника" if one else "заключений наставников", [c.concluded_at for c in items]),
        _written(f"отзыв{'а' if one else 'ов'} {_led_word(one, woman)}", [c.reviewed_at for c in items]),
        *[_paper(c, mentors.get(c.program.pairing_id)) for c in items],
    ]
    return joined(list(dict.fromkeys(filter(None, found))))


def _led_word(one: bool, woman: bool) -> str:
    return "наставляемых" if not one else "наставляемой" if woman else "наставляемого"


def _written(words: str, moments: list) -> str:
    """Return «заключения наставника от 23.01.2026»; an empty string when nothing has been written."""
    days = sorted({timezone.localdate(at) for at in moments if at})
    return f"{words} от {joined([rushort(day) for day in days])}" if days else ""


def _paper(c, mentor) -> str:
    """Return the paper of a reason of п. 7.1 with its date, or an empty string for a plan that was done."""
    led = c.participation.person
    if c.reason == "mutual":
        sides = ((mentor, c.mentor_agreed_at), (led, c.mentee_agreed_at))
        agreed = [
            f"{name_in(p, 'genitive', short=True)} от {rushort(timezone.localdate(at))}" for p, at in sides if p and at
        ]
        return f"согласия {joined(agreed)} на завершение" if agreed else ""
    if not c.notice_on:
        return ""
    if c.reason in ("improper", "force"):
        return (
            f"служебной записки куратора {name_in(c.program.curator, 'genitive', short=True)} от {rushort(c.notice_on)}"
        )
    who = {"mentor": mentor, "mentee": led}.get(c.reason)
    return f"заявления {name_in(who, 'genitive', short=True)} от {rushort(c.notice_on)}" if who else ""


def _mentors(items) -> dict:
    """Return ``{pairing pk: mentor}`` of the completions' pairs."""
    people = [p for c in items for p in c.program.pairing.people]
    return {p.pairing_id: p.person for p in people if p.part == "mentor" and p.until is None}


def _ending(items) -> list:
    """Return the pairs and groups that end with the last of their mentees."""
    finished = {c.participation_id for c in items}
    pairings = {c.program.pairing_id: c.program.pairing for c in items}
    return [
        pairing
        for pairing in pairings.values()
        if not any(p.part == "mentee" and p.until is None and p.pk not in finished for p in pairing.people)
    ]


def _endings(items) -> list[dict]:
    """The pair or group ends with its last mentee; who leaves a group earlier is named (п. 7.1)."""
    finished = {c.participation_id for c in items}
    pairings = list({c.program.pairing_id: c.program.pairing for c in items}.values())
    live = [p for pairing in pairings for p in pairing.people if p.part == "mentee" and p.until is None]
    staying = {p.pairing_id for p in live if p.pk not in finished}
    mentors, lines = _mentors(items), []
    for pairing in pairings:
        led = [p.person for p in live if p.pairing_id == pairing.pk and p.pk in finished]
        if not led:
            continue
        paper = str(pairing.order_ref)
        if pairing.pk in staying:
            lines.append(f"участие {named(led, 'genitive')} в наставнической группе, закреплённой приказом {paper}")
        else:
            mentor = mentors.get(pairing.pk)
            people = f"наставник {name_in(mentor, 'nominative', short=True)}, " if mentor else ""
            kind = PAIRINGS[pairing.kind][2]
            lines.append(f"закрепление {kind} ({people}{mentees(led, 'nominative')}), установленное приказом {paper}")
    return [listed(lines, "Прекратить", "Прекратить")] if lines else []


def appendices(order):
    """Results against the difficulties and the verdict, one row per mentee."""
    if all(c.reason == "consent" for c in subjects(order, "completion")):
        return []
    rows = []
    women = {c.participation.person.gender for c in subjects(order, "completion")} == {"f"}
    for n, c in enumerate(subjects(order, "completion"), 1):
        outcomes = [f"{o.difficulty.text} — {o.get_level_display()}" for o in c.outcomes.all()]
        done = sum(
            1
            for a in c.program.activities.all()
            for r in a.results.all()
            if r.participation_id == c.participation_id and r.state == r.State.CHECKED
        )
        rows.append(
            [
                str(n),
                c.participation.person.full_name,
                title(c.program.title),
                f"{done} из {plural(len(c.program.activities.all()), 'мероприятия,мероприятий,мероприятий')}",
                "; ".join(outcomes),
                agree(c.participation.person.gender, c.get_verdict_display()),
            ]
        )
    return [
        appendix(
            f"Итоги реализации {'персонализированной программы' if len(rows) == 1 else 'персонализированных программ'}"
            " наставничества",
            (
                ("№", 5),
                ("Наставляемая" if women else "Наставляемый", 18),
                ("Программа", 17),
                ("Выполнено", 17),
                ("Затруднения и итог", 23),
                ("Вывод", 21),
            ),
            rows,
        )
    ]


def _concerned(c):
    mentors = [p for p in c.program.pairing.people if p.part == "mentor" and p.until is None]
    return {p.person: post_of(p.person, p.employment) for p in (c.participation, *mentors)}


def _cited(found):
    orders = [(f"утверждение программы ({c.program.approval})", c.program.order_date) for c in found]
    written = [at for c in found for at in (c.concluded_at, c.reviewed_at) if at]
    return [
        *orders,
        *[("заявление, записка или отзыв согласия", c.notice_on) for c in found if c.notice_on],
        *[("заключение наставника или отзыв", timezone.localdate(at)) for at in written],
    ]


def _enact(c, *, by, order):
    completion_acts.enact(c, by=by, number=order.number, date=order.date, on=order.effective_on)


def _reads_appendix(c, user) -> bool:
    """A mentor reads the results of all mentees, a mentee only the own ones."""
    mine = part_of(user, c.program.pairing)
    return mine is not None and (mine.part == "mentor" or c.participation_id == mine.pk)


COMPLETION_SUBJECT = OrderSubject(
    name="completion",
    position=40,
    model="programs.Completion",
    transition="register",
    states=frozenset({Completion.State.READY}),
    enact=_enact,
    phrase=str,
    short_name=lambda c: c.participation.person.short_name,
    title=lambda c: c.participation.person.full_name,
    note=lambda c: f"«{c.program.title}» · {c.get_reason_display()}",
    item_text=lambda c: (
        f"{c.participation.person.full_name} — завершается программа «{c.program.title}»",
        c.get_reason_display(),
    ),
    summary_forms={
        "": (
            "завершение программы,завершения программ,завершений программ",
            ("Утверждено", "Утверждены"),
            "Будет утверждено",
            "Будут утверждены",
        )
    },
    items_about=lambda pairing: Q(completion__program__pairing=pairing),
    people_concerned=_concerned,
    cited_papers=_cited,
    queryset=lambda: Completion.objects.with_requirements().select_related(
        "participation__employment", "program__curator"
    ),
    requirement_prefetches=lambda before: [required_people(f"{before}program__pairing__")],
    appendix_prefetches=lambda before: [f"{before}outcomes__difficulty", f"{before}program__activities__results"],
    people_named=lambda c: [c.participation.person, c.program.curator, *[p.person for p in c.program.pairing.people]],
    list_select_related=("completion__program", "completion__participation__person"),
    page=lambda c: c.program,
    reads_appendices=_reads_appendix,
)

COMPLETION_ORDER = OrderKind(
    code="completion",
    group=PROGRAMS,
    position=110,
    label="О завершении персонализированной программы наставничества",
    subject=COMPLETION_SUBJECT,
    compose=compose,
    visa_roles=("curator",),
    appendices=appendices,
    confidential_appendices=True,
    order_by=("created_at", "pk"),
    waiting_words=("завершение готово,завершения готовы,завершений готовы", "к приказу"),
    empty_state=(
        "Завершений, переданных на приказ, нет. Их передаёт куратор со страницы программы.",
        "programs:programs",
    ),
    undone_by={
        "assignment": "Завершённую программу не возобновляют: начинают новую, с приказа о закреплении",
    },
)
