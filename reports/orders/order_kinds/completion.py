"""О завершении персонализированной программы наставничества, for one of the reasons of п. 7.1."""

from django.db.models import Q

from mentoring_site.russian import joined, plural, rushort
from people.language.declension import name_in, post_in, post_of
from people.language.names import agree
from programs.completion import acts as completion_acts
from programs.completion.models import Completion
from programs.pairings.models import required_people
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import PAIRINGS, mentees, named, part_of
from reports.orders.order_kinds.wording import CONTROL, CURATOR, by_regulation, executor, listed, point, title

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
    done = (
        point(f"Считать завершённой персонализированную программу наставничества {lines[0]}.")
        if one
        else point("Считать завершёнными персонализированные программы наставничества:", *lines)
    )
    return (
        f"О завершении {what} наставничества",
        f"{by_regulation(context.school, '7.1')}, на основании {_grounds(items)}",
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
    if c.reason == "mentee" and person.gender == "f":
        reason = reason.replace("наставляемого", "наставляемой")
    return f"{title(c.program.title)} в отношении {name_in(person, 'genitive')}{post} {reason}"


def _grounds(items) -> str:
    one = len(items) == 1
    woman = one and items[0].participation.person.gender == "f"
    if all(c.reason == "consent" for c in items):  # neither conclusion nor review: nothing new is written
        return joined(
            [f"отзыва согласия на обработку персональных данных от {rushort(c.notice_on)}" for c in items[:1]]
        )
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
                ("Наставляемый", 18),
                ("Программа", 17),
                ("Выполнено", 17),
                ("Итоги по затруднениям", 23),
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
    return [*orders, *[("заявление", c.notice_on) for c in found]]


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
    queryset=lambda: Completion.objects.with_requirements().select_related("participation__employment"),
    requirement_prefetches=lambda before: [required_people(f"{before}program__pairing__")],
    appendix_prefetches=lambda before: [f"{before}outcomes__difficulty", f"{before}program__activities__results"],
    people_named=lambda c: [c.participation.person, *[p.person for p in c.program.pairing.people]],
    list_select_related=("completion__program", "completion__participation__person"),
    page=lambda c: c.program,
    reads_appendices=_reads_appendix,
)

COMPLETION_ORDER = OrderKind(
    code="completion",
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
