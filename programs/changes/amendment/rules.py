"""The workflow of an amendment: what must be there before its order (п. 1.2, 7.2)."""

from typing import Any

from django.urls import reverse

from mentoring_site.russian import full_stop, rudate
from mentoring_site.workflow import Complaint, requirement
from people.language.names import agree
from people.rights import Right
from programs.changes.rules import change_workflow
from programs.pairings.rules import past_work
from programs.pairings.terms import LONGEST
from programs.program.states import IN_FORCE

LINES_WHO = "Исправляет наставник или куратор"


@requirement("Программа утверждена или реализуется")
def in_force(change: Any) -> Complaint | None:
    if change.program.state not in IN_FORCE:
        return Complaint(
            f"Программа сейчас «{change.program.get_state_display()}»: менять по приказу нечего",
            "Куратор отменяет это изменение",
        )
    return None


@requirement("Сказано, что меняется и почему")
def says_what(change: Any) -> Complaint | None:
    if not change.changes_something:
        return Complaint(
            "Не указано, что меняется: срок, план или форма", LINES_WHO, change.get_absolute_url(), "Указать"
        )
    return None


@requirement("Новый срок позже прежнего; если всего больше года — решение записано")
def new_term(change: Any) -> Complaint | None:
    """п. 1.2 and 7.2: the regulation does not forbid a term over one year here: the school decides in words."""
    program = change.program
    if change.new_end is None:
        return None
    if change.new_end <= program.ends_on:
        return Complaint(
            f"Новый последний день не позже нынешнего ({rudate(program.ends_on)})",
            LINES_WHO,
            _at("amendment_edit", change),
            "Исправить",
        )
    if change.over_a_year and not change.term_decision:
        return Complaint(
            f"Общий срок программы больше {LONGEST} (п. 1.2 Положения): до {full_stop(rudate(change.new_end))}"
            " Нужно решение об особом сроке",
            f"Записывает {Right.PROGRAMS_TERM.who}",
            _at("amendment_edit", change),
            "Записать решение",
        )
    return None


@requirement("Участники работают до нового конца программы")
def employed(change: Any) -> list[Complaint]:
    """Nobody is bound past the own last day of work (ТК 351.8)."""
    return past_work(change.program.pairing.people, change.new_end, "новый срок программы", LINES_WHO)


@requirement("План в новой редакции помещается в срок, выполненное в нём сохранено")
def plan_fits(change: Any) -> list[Complaint] | None:
    """Lines that somebody has carried out are neither changed nor dropped: their results rest on them."""
    if change.plan is None:
        return None
    program, found = change.program, []
    end = change.new_end or program.ends_on
    url = change.get_absolute_url()
    kept = {line["pk"]: line for line in change.plan if line["pk"]}
    for line in change.plan:
        first, last = line["starts_on"] or line["due_on"], line["due_on"]
        if not str(program.starts_on) <= first <= last <= str(end):
            found.append(
                Complaint(f"Мероприятие «{line['title']}» выходит за срок программы", LINES_WHO, url, "Открыть")
            )
    for activity in program.activities.all():
        if activity.taken and kept.get(activity.pk) != change.line_of(activity):
            found.append(
                Complaint(f"«{activity.title}» уже выполняют: менять и убирать его нельзя", LINES_WHO, url, "Открыть")
            )
    if not change.plan:
        found.append(Complaint("В плане не осталось ни одного мероприятия", LINES_WHO, url, "Открыть"))
    return found


@requirement("Согласны наставник и каждый наставляемый")
def agreed_by_all(change: Any) -> list[Complaint]:
    """п. 7.2: by mutual consent of the mentor and each mentee, each dated."""
    people = [p for p in change.program.pairing.people if p.pk not in change.consents_by_side]
    return [_objection(change, p) if p.pk in change.objections_by_side else _no_consent(change, p) for p in people]


def _no_consent(change: Any, side: Any) -> Complaint:
    return Complaint(
        f"Нет согласия: {side.person.short_name}, {side.part_word}",
        f"Даёт сам человек, с бумаги записывает {Right.PROGRAMS_ACT_FOR_OTHERS.who}",
        reverse("programs:amendment_agree", args=[change.pk, side.pk]),
        "Записать согласие",
        remind=side.person_id,
    )


def _objection(change: Any, side: Any) -> Complaint:
    says = agree(side.person.gender, "не согласен", "не согласна")
    return Complaint(
        f"{side.person.short_name}, {side.part_word}, {says}: «{change.objections_by_side[side.pk].reason}»",
        f"Изменение исправляют наставник или куратор, и согласие спросят снова; отменяет {Right.PROGRAMS_CHANGE.who}",
        change.get_absolute_url(),
        "Открыть изменение",
    )


def _at(name, change) -> str:
    return reverse(f"programs:{name}", args=[change.pk])


AMENDMENT = change_workflow(
    "изменение программы", "о", in_force, says_what, new_term, employed, plan_fits, agreed_by_all
)
