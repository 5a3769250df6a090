"""What stands above the pages of one program: badge, way, people, stages, tabs, readiness and actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from mentoring_site.help import about as help_about
from mentoring_site.russian import period, plural_word
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Tab, Tone
from mentoring_site.workflow import action, complaints, readiness
from people.accounts.models import User
from people.consents.models import Consent
from people.register.models import Person
from people.rights import Right
from people.roles.instead import decides
from people.roles.letterhead import approves_by_grif
from programs.pairings.models import Pairing, Participation
from programs.pairings.stages import stage_line, state_words
from programs.program.content import confirmed_by
from programs.program.doing import next_do_url
from programs.program.drafting.acts import edit_refusal
from programs.program.kinds.acts import makes_conditions
from programs.program.models import Program
from programs.program.rules import ENDORSER_AGREES, may_agree, may_draft, may_endorse, parties
from programs.program.states import BEFORE_APPROVAL, ENDED, LIVE, State
from programs.program.trial.acts import may_begin, may_conclude

NEXT: dict[str, str] = {
    State.DRAFT: "submit",
    State.SUBMITTED: "agree",
    State.AGREED: "approve",
    State.APPROVED: "begin",
}
"""The transition whose readiness a page shows, by state."""
UNTIL = {
    "submit": "передачи куратору",
    "agree": "согласования советом",
    "approve": "приказа об утверждении",
    "begin": "начала",
}
READY = {
    "submit": "Проект можно передать куратору",
    "agree": "Совет может согласовать программу",
    "approve": "Программу можно включить в приказ об утверждении",
    "begin": "Программа начнётся в свой первый день",
}
TONES: dict[str, Tone] = {
    State.DRAFT: "draft",
    State.APPROVED: "ahead",
    State.RUNNING: "others",
    State.COMPLETED: "done",
    State.TERMINATED: "stopped",
    State.DROPPED: "stopped",
}
NUMBERS = ("", "одной вещи", "двух вещей", "трёх вещей", "четырёх вещей", "пяти вещей", "шести вещей", "семи вещей")
BELOW = "Чего не хватает, сказано ниже"
PLAN = "programs:program"
TABS = (
    ("План", PLAN),
    ("Ход", "programs:program_timeline"),
    ("Журнал", "programs:journal"),
    ("Задания", "programs:mentor_tasks_of"),
    ("Навыки", "programs:learning"),
    ("Затруднения", "programs:difficulties"),
    ("Поддержка", "programs:support_of"),
    ("Разговор", "programs:talk"),
    ("Просьбы", "programs:program_requests"),
    ("Люди и согласия", "programs:program_people"),
    ("Изменения", "programs:program_changes"),
    ("Документы", "programs:program_papers"),
    ("История", "programs:history"),
)


@dataclass(frozen=True)
class PersonRow:
    """A person of a program; ``url`` is for those who may open the person's page."""

    name: str
    url: str
    part: str
    post: str = ""
    department: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ConsentRow:
    """A consent of one of the people."""

    person: str
    what: str
    given_on: date
    form: str
    url: str


def takes_part(program: Program, user: User) -> Participation | None:
    """Return the user's participation in the program, or None."""
    return next((p for p in program.pairing.people if p.person_id == user.person_id), None)


def waits_for(program: Program, user: User) -> bool:
    """Whether the next move is the user's: what turns the badge."""
    if program.state == State.DRAFT:
        return takes_part(program, user) is not None
    if program.state == State.SUBMITTED:
        return may_agree(program, user) if program.endorsed_at else may_endorse(program, user)
    return program.state == State.AGREED and user.can(Right.ORDERS_DRAFT)


def badge(program: Program, user: User, *, returned: bool = False, late: bool = False) -> Badge:
    """Return the state as a badge; ``returned`` with open remarks, ``late`` with something overdue."""
    word = "на доработке" if returned and program.state == State.DRAFT else state_words(program)
    if program.state == State.RUNNING and program.paused:
        return Badge(word, "stopped")
    if waits_for(program, user):
        return Badge(word, "you")
    return Badge(word, "late" if late or program.is_expired else TONES.get(program.state, "others"))


def person_url(person: Person, program: Program, user: User) -> str:
    """Return the address of a person's page for those who may open it, else an empty string."""
    if user.person_id == person.pk or user.can(Right.PEOPLE_SEE_ALL):
        return person.get_absolute_url()
    inside = any(p.person_id == person.pk for p in program.pairing.people)
    together = program.pairing.state == Pairing.State.ASSIGNED and takes_part(program, user) is not None
    opens = inside and (together or user.can(Right.BANKS_SEE))
    return person.get_absolute_url() if opens else ""


def person_row(participation: Participation, program: Program, user: User) -> PersonRow:
    """Return a person of the program with the post at which the person takes part."""
    job = participation.employment
    return PersonRow(
        name=participation.person.full_name,
        url=person_url(participation.person, program, user),
        part=participation.part_word.capitalize(),
        post=job.post if job else "",
        department=job.department.name if job and job.department else "",
        since=participation.since,
        until=participation.until,
    )


def consent_row(consent: Consent) -> ConsentRow:
    """Return a consent in words."""
    part = f" {consent.get_part_display()}" if consent.part else ""
    return ConsentRow(
        person=consent.person.short_name,
        what=f"{consent.get_purpose_display()}{part}",
        given_on=consent.given_on,
        form=consent.get_form_display(),
        url=reverse("people:consent", args=[consent.pk]),
    )


def crumbs(program: Program, last: str | None = None) -> list[Crumb]:
    """Return the way to a program's page or to a page below it."""
    way = [
        Crumb("Программы", reverse("programs:programs")),
        Crumb(program.title, program.get_absolute_url() if last else None),
    ]
    return [*way, Crumb(last)] if last else way


def head(program: Program, user: User, current: str) -> dict:
    """Return what stands above each part of a program: title, people, term, stages, tabs; on the plan also actions.

    ``current`` is the name of the address of the part that is shown. Takes a program read ``for_head()``, for the plan
    ``for_page()``.
    """
    on_plan = current == PLAN
    title, checks = light(program, user) if on_plan else ("", [])
    found = actions(program, user) if on_plan else []
    first = 1 + (len(found) > 1 and (found[1].verb == "do" or program.state != State.RUNNING))
    return {
        "program": program,
        "badge": badge(program, user, returned=any(r.resolved_at is None for r in program.remarks.all())),
        "crumbs": crumbs(program),
        "people": [person_row(p, program, user) for p in program.pairing.people],
        "term": period(program.starts_on, program.ends_on) if program.starts_on else "",
        "stages": stage_line(program.pairing, program),
        "tabs": [Tab(label, reverse(name, args=[program.pk]), current=name == current) for label, name in TABS],
        "actions": found,
        "first": f":{first}",  # on a phone the others are folded
        "rest": f"{first}:" if len(found) > first else "",
        "light": title,
        "checks": checks,
    }


def light(program: Program, user: User) -> tuple[str, list[Check]]:
    """Return the title and the checks of the next transition's readiness; both empty after approval."""
    name = NEXT.get(program.state)
    if name is None or program.from_paper:
        return "", []
    checks = [_check(check, program, user) for check in readiness(program, name)]
    missing = sum(not check.met for check in checks)
    if not missing:
        return READY[name], checks
    amount = NUMBERS[missing] if missing < len(NUMBERS) else f"{missing} {plural_word(missing, 'вещи,вещей,вещей')}"
    return f"До {UNTIL[name]} не хватает {amount}", checks


def _check(check: Check, program: Program, user: User) -> Check:
    """One line of the light: links only for those who may follow them, a way to ask for a confirmation."""
    if check.met:
        return check
    asked = next((p for p in program.pairing.people if p.person_id == check.remind and p.part == "mentee"), None)
    if asked is not None and program.state == State.DRAFT:
        check = _confirmation(check, program, asked, user)
    elif not _may_follow(check.url, program, user):
        check = replace(check, url="", link="")
    return replace(check, waiting=not (check.url or check.post_url))


def _may_follow(url: str, program: Program, user: User) -> bool:
    """Whether a link of the light leads the user somewhere else than here and than to a refusal."""
    if url.startswith(reverse("people:school")):
        return user.can(Right.SCHOOL_EDIT)
    if url == program.pairing.get_absolute_url():
        return True
    here = program.get_absolute_url()
    return url.startswith(here) and url != here and may_draft(program, user) and not edit_refusal(program, user)


def _confirmation(check: Check, program: Program, participation: Participation, user: User) -> Check:
    """How the missing confirmation of a mentee is got: one's own page, the curator's record, a letter."""
    if participation.person_id == user.person_id:
        url = reverse("programs:program_confirm", args=[program.pk])
        return replace(check, url=url, link="Прочитать и подтвердить")
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        url = reverse("programs:program_confirm_for", args=[program.pk, participation.pk])
        return replace(check, url=url, link="Записать подтверждение")
    if may_draft(program, user):
        ask = reverse("programs:program_ask", args=[program.pk])
        return replace(check, url="", link="", post_url=ask, post_link="Попросить письмом")
    return replace(check, url="", link="")


def _at(program: Program, name: str) -> str:
    return reverse(f"programs:program_{name}", args=[program.pk])


def _action(verb: str, label: str, url: str, *, primary: bool = False, reasons: Sequence[str] = ()) -> Action:
    return Action(verb, label, url, primary, enabled=not reasons, reasons=tuple(reasons), help=help_about(__name__))


def actions(program: Program, user: User) -> list[Action]:
    """Return the buttons of the page, the main one first."""
    mine = takes_part(program, user)
    found = [
        *(_drafting(program, user, mine) if program.state == State.DRAFT else ()),
        *(_deciding(program, user) if program.state in BEFORE_APPROVAL else ()),
        *(_running(program, user, mine) if program.state == State.RUNNING else ()),
    ]
    found += _trying(program, user)
    if makes_conditions(program, user):
        found.append(_action("conditions", "Записать созданные условия", _at(program, "condition")))
    if program.state in ENDED and (mine or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)):
        url = reverse("programs:completion", args=[program.pk])
        found.append(_action("completion", "Итоги и публикация", url))
    if program.state not in BEFORE_APPROVAL and not edit_refusal(program, user) and may_draft(program, user):
        found.append(_action("edit", "Дополнить с бумаги", _at(program, "edit")))
    return found


def _trying(program: Program, user: User) -> Iterator[Action]:
    """Buttons of a trial run: begun by the council with the draft, concluded by its minutes (п. 3.5)."""
    url = _at(program, "trial")
    if may_begin(program, user):
        word = "Что проверяем апробацией" if hasattr(program, "trial") else "Провести как апробацию"
        yield _action("trial", word, url)
    elif may_conclude(program, user):
        yield _action("trial", "Записать заключение об апробации", url)


def _drafting(program: Program, user: User, mine: Participation | None) -> Iterator[Action]:
    """Buttons of the people of a draft: read and confirm, edit, hand over."""
    may = may_draft(program, user)
    left = complaints(program, "submit")
    edit = _at(program, "edit")
    if mine is not None and mine.part == "mentee" and mine.pk not in confirmed_by(program):
        ready = all(c.remind is not None for c in left)
        yield _action("confirm", "Прочитать и подтвердить", _at(program, "confirm"), primary=ready)
        if may:
            yield _action("edit", "Предложить правки", edit, primary=not ready)
        return
    submit = action(program, "submit", user, _at(program, "submit"), primary=not left)
    if submit and left:
        yield _action("edit", "Править проект", edit, primary=True)
        yield replace(submit, reasons=(BELOW,))
    elif submit:
        yield submit
        yield _action("edit", "Править проект", edit)


def _deciding(program: Program, user: User) -> Iterator[Action]:
    """Buttons of curator, council and director before the approval (п. 3.3–3.5)."""
    if program.state == State.SUBMITTED:
        yield from _supporting(program, user)
    if program.state == State.AGREED:
        yield from _approving(program, user)
    if user.can(Right.PROGRAMS_REMARK):
        yield _action("remark", "Написать замечание", _at(program, "remark"))
    if back := action(program, "send_back", user, _at(program, "send_back")):
        yield back


def _supporting(program: Program, user: User) -> Iterator[Action]:
    if not program.endorsed_at and may_endorse(program, user):
        open_remarks = [f"Не учтено замечание: {r.about}" for r in program.remarks.all() if r.resolved_at is None]
        label = "Поддержать и передать совету"
        yield _action("endorse", label, _at(program, "endorse"), primary=True, reasons=open_remarks)
    url = _at(program, "agree")
    if agree := action(program, "agree", user, url, primary=bool(program.endorsed_at)):
        yield agree if agree.enabled else replace(agree, reasons=(BELOW,))
    elif decides(user, Right.PROGRAMS_AGREE, parties(program)):
        yield _action("agree", program.WORKFLOW["agree"].label, url, reasons=[ENDORSER_AGREES])


def _approving(program: Program, user: User) -> Iterator[Action]:
    reasons = [BELOW] if complaints(program, "approve") else []
    if user.can(Right.ORDERS_REGISTER) and approves_by_grif():
        yield _action("grif", "Записать утверждение", _at(program, "grif"), primary=True, reasons=reasons)
    elif user.can(Right.ORDERS_DRAFT):
        url = f"{reverse('reports:order_new')}?kind=programs&program={program.pk}"
        yield _action("order", "Подготовить приказ", url, primary=True, reasons=reasons)


def _running(program: Program, user: User, mine: Participation | None) -> Iterator[Action]:
    if not mine and not user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return
    key = [program.pk]
    over = program.is_expired
    completion = _action("completion", "Завершение", reverse("programs:completion", args=key), primary=over)
    if over:
        yield completion
    primary = bool(mine) and not over
    yield _action("meeting", "Записать встречу", reverse("programs:meeting_new", args=key), primary=primary)
    if done := next_do_url(program, user):
        yield _action("do", "Отметить выполнение", done)
    yield _action("changes", "Продлить, изменить, заменить", reverse("programs:program_changes", args=key))
    if not over:
        yield completion


def closed_note(program: Program, user: User) -> str:
    """Say on the page why nothing can be edited, to those who otherwise could."""
    shown = may_draft(program, user) and program.state in LIVE
    return edit_refusal(program, user) if shown else ""
