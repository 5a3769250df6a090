"""What the pages of one programme show to whom: head, stages, readiness, acts, plan, fields with their remarks."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from mentoring_site.russian import joined, period, plural_word, ruday, term
from mentoring_site.workflow import action, complaints, readiness
from people.rights import Right
from people.roles.letterhead import by_grif
from programs.pairings.stages import stage_line, state_words
from programs.program.content import FIELD_WORDS, confirmed_by
from programs.program.drafting.acts import locked
from programs.program.rules import BEFORE_APPROVAL, ENDORSER, agrees, drafts

NEXT = {"draft": "submit", "submitted": "agree", "agreed": "approve", "approved": "begin"}
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
TONES = {
    "draft": "draft",
    "approved": "ahead",
    "running": "others",
    "completed": "done",
    "terminated": "stopped",
    "dropped": "stopped",
}
NUMBERS = ("", "одной вещи", "двух вещей", "трёх вещей", "четырёх вещей", "пяти вещей", "шести вещей", "семи вещей")
BELOW = "Чего не хватает, сказано ниже"
MAY_FOLLOW = {"Записать": Right.SCHOOL_EDIT}


def takes_part(program, user):
    """Return the user's participation in the programme, or None."""
    return next((p for p in program.pairing.people if p.person_id == user.person_id), None)


def waits_for(program, user) -> bool:
    """Whether the next move is the user's: what turns the badge."""
    if program.state == "draft":
        return takes_part(program, user) is not None
    if program.state == "submitted":
        return agrees(program, user) if program.endorsed_at else user.can(Right.PROGRAMS_ENDORSE)
    return program.state == "agreed" and user.can(Right.ORDERS_DRAFT)


def badge(program, user, *, returned=False, late=False) -> dict:
    """Return the state as a badge; ``returned`` with open remarks, ``late`` with something overdue."""
    word = "на доработке" if returned and program.state == "draft" else state_words(program)
    if program.state == "running" and getattr(program, "paused", False):
        return {"word": word, "tone": "stopped"}
    if waits_for(program, user):
        return {"word": word, "tone": "you"}
    return {"word": word, "tone": "late" if late else TONES.get(program.state, "others")}


def person_url(person, program, user) -> str:
    """Return the address of a person's page for those who may open it, else an empty string."""
    if user.person_id == person.pk or user.can(Right.PEOPLE_SEE_ALL):
        return person.get_absolute_url()
    inside = any(p.person_id == person.pk for p in program.pairing.people)
    together = program.pairing.state == "assigned" and takes_part(program, user) is not None
    opens = inside and (together or user.can(Right.BANKS_SEE))
    return person.get_absolute_url() if opens else ""


def safe(name, *args) -> str:
    """Return an address, or an empty string while that room is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def crumbs(program, last=None) -> list:
    """Return the way to a programme's page or to a page below it."""
    way = [("Программы", reverse("programs:programs")), (program.title, program.get_absolute_url() if last else None)]
    return [*way, (last, None)] if last else way


PLAN = "programs:program"
TABS = (
    ("План", PLAN),
    ("Журнал", "programs:journal"),
    ("Люди и согласия", "programs:program_people"),
    ("Изменения", "programs:program_changes"),
    ("Документы", "programs:program_papers"),
    ("История", "programs:history"),
)


def head(program, user, current: str) -> dict:
    """Return what stands above each part of a programme: title, people, term, stages, tabs; acts and light on the plan.

    ``current`` is the name of the address of the part that is shown. Takes a programme filled by ``loading.fill``.
    """
    tabs = [(label, safe(name, program.pk), name == current) for label, name in TABS]
    return {
        "program": program,
        "badge": badge(program, user, returned=any(r.resolved_at is None for r in program.remarks.all())),
        "crumbs": crumbs(program),
        "people": [
            {"name": p.person.full_name, "url": person_url(p.person, program, user), "part": p.part_word.capitalize()}
            for p in program.pairing.people
        ],
        "term": period(program.starts_on, program.ends_on) if program.starts_on else "",
        "stages": stage_line(program.pairing, program),
        "tabs": [{"label": label, "url": url, "current": here} for label, url, here in tabs if url],
        "actions": actions(program, user) if current == PLAN else [],
        **(light(program, user) if current == PLAN else {"light": "", "checks": []}),
    }


def light(program, user) -> dict:
    """Return the readiness light of the next transition: its title and checks; empty after approval."""
    name = NEXT.get(program.state)
    if name is None or program.from_paper:
        return {"light": "", "checks": []}
    checks = [_check(check, program, user) for check in readiness(program, name)]
    missing = sum(not check["met"] for check in checks)
    if not missing:
        return {"light": READY[name], "checks": checks}
    amount = NUMBERS[missing] if missing < len(NUMBERS) else f"{missing} {plural_word(missing, 'вещи,вещей,вещей')}"
    return {"light": f"До {UNTIL[name]} не хватает {amount}", "checks": checks}


def _check(check, program, user) -> dict:
    """One line of the light: links only for those who may follow them, a way to ask for a confirmation."""
    found = {"waiting": False, "who": "", "url": "", "link": "", "post_url": "", "post_link": ""} | check
    if found["met"]:
        return found
    asked = next((p for p in program.pairing.people if p.person_id == found.get("remind") and p.part == "mentee"), None)
    may = drafts(program, user) if "/programs/" in found["url"] else user.can(MAY_FOLLOW.get(found["link"], ""))
    if "/pairings/" in found["url"]:
        may = True
    if asked is not None and program.state == "draft":
        found |= _confirmation(program, asked, user)
    elif (
        not may
        or found["url"] == program.get_absolute_url()
        or ("/programs/" in found["url"] and locked(program, user))
    ):
        found |= {"url": "", "link": ""}
    return found | {"waiting": not (found["url"] or found["post_url"])}


def _confirmation(program, participation, user) -> dict:
    """How the missing confirmation of a mentee is got: one's own page, the curator's record, a letter."""
    if participation.person_id == user.person_id:
        return {"url": reverse("programs:program_confirm", args=[program.pk]), "link": "Прочитать и подтвердить"}
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        url = reverse("programs:program_confirm_for", args=[program.pk, participation.pk])
        return {"url": url, "link": "Записать подтверждение"}
    if drafts(program, user):
        ask = reverse("programs:program_ask", args=[program.pk])
        return {"url": "", "post_url": ask, "link": "Попросить письмом", "post_link": "Попросить письмом"}
    return {"url": "", "link": ""}


def actions(program, user) -> list[dict]:
    """Return the buttons of the page, the one main act first."""

    def at(name):
        return reverse(f"programs:program_{name}", args=[program.pk])

    mine = takes_part(program, user)
    found = []
    if program.state == "draft":
        found += _drafting(program, user, mine, at)
    if program.state == "submitted" and not program.endorsed_at and user.can(Right.PROGRAMS_ENDORSE):
        open_remarks = [f"Не учтено замечание: {r.about}" for r in program.remarks.all() if r.resolved_at is None]
        found.append(
            button("endorse", "Поддержать и передать совету", at("endorse"), primary=True, reasons=open_remarks)
        )
    if agree := action(program, "agree", user, at("agree"), primary=bool(program.endorsed_at)):
        found.append(agree if agree["enabled"] else agree | {"reasons": [BELOW]})
    elif program.state == "submitted" and user.can(Right.PROGRAMS_AGREE):
        found.append(button("agree", program.WORKFLOW["agree"].label, at("agree"), reasons=[ENDORSER]))
    if program.state == "agreed" and user.can(Right.ORDERS_REGISTER) and by_grif():
        reasons = [BELOW] if complaints(program, "approve") else []
        found.append(button("grif", "Записать утверждение", at("grif"), primary=True, reasons=reasons))
    elif program.state == "agreed" and user.can(Right.ORDERS_DRAFT):
        reasons = [BELOW] if complaints(program, "approve") else []
        url = f"{safe('reports:order_new')}?kind=programs&program={program.pk}"
        found.append(button("order", "Подготовить приказ", url, primary=True, reasons=reasons))
    if program.state in BEFORE_APPROVAL and user.can(Right.PROGRAMS_REMARK):
        found.append(button("remark", "Написать замечание", at("remark")))
    found.append(action(program, "send_back", user, at("send_back")))
    if program.state == "running":
        found += _running(program, user, mine)
    if program.state in ("completed", "terminated") and (mine or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)):
        found.append(button("completion", "Итоги и публикация", safe("programs:completion", program.pk)))
    if program.state not in BEFORE_APPROVAL and not locked(program, user) and drafts(program, user):
        found.append(button("edit", "Дополнить с бумаги", at("edit")))
    return [a for a in found if a]


def _drafting(program, user, mine, at):
    may = drafts(program, user)
    left = complaints(program, "submit")
    if mine is not None and mine.part == "mentee" and mine.pk not in confirmed_by(program):
        ready = all(c.remind is not None for c in left)
        yield button("confirm", "Прочитать и подтвердить", at("confirm"), primary=ready)
        if may:
            yield button("edit", "Предложить правки", at("edit"), primary=not ready)
        return
    if may:
        submit = action(program, "submit", user, at("submit"), primary=not left)
        edit = button("edit", "Править проект", at("edit"), primary=bool(left))
        yield from [edit, submit | {"reasons": [BELOW]}] if left else [submit, edit]


def _running(program, user, mine):
    act_for = user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    if (mine or act_for) and (url := safe("programs:meeting_new", program.pk)):
        yield button("meeting", "Записать встречу", url, primary=bool(mine))
    if mine or act_for:
        yield button("changes", "Продлить, изменить, заменить", safe("programs:program_changes", program.pk))
    if (mine or act_for) and (url := safe("programs:completion", program.pk)):
        yield button("completion", "Завершение", url)


def button(verb, label, url, *, primary=False, reasons=()) -> dict:
    """Return one act for ``components/acts.html``."""
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "enabled": not reasons,
        "reasons": list(reasons),
        "confirm": False,
    }


def plan(program, user) -> list[dict]:
    """Return the lines of the plan: what, what for, who, when, in what state; open remarks stand below their line."""
    may = drafts(program, user) and not locked(program, user)
    remarks, sides = _remarks(program, user), own_sides(program, user)
    own = None if sides is None else {p.candidate_id for p in sides}
    return [
        {
            "title": a.title,
            "url": reverse("programs:activity_edit", args=[program.pk, a.pk]) if may else _result_url(program, a),
            "result": a.expected_result,
            "evidence": a.evidence,
            "why": why(program, a, user, own),
            "who": who(program, a.responsible),
            "when": when(a),
            "badge": activity_badge(program, a, user, remarks.get(a.pk, ()), sides),
            "remarks": remarks.get(a.pk, []),
        }
        for a in program.activities.all()
    ]


def _result_url(program, activity) -> str:
    return "" if program.state in (*BEFORE_APPROVAL, "approved") else safe("programs:activity", activity.pk)


def own_sides(program, user) -> list | None:
    """Return the participations about which alone the user may read, or None when about everybody's (п. 1.3, подп. 4).

    In a group a mentee reads only of oneself, also after having finished; a mentor who was replaced reads of nobody.
    """
    if program.pairing.kind == "pair":
        return None
    mine = takes_part(program, user)
    if mine is not None:
        return [mine] if mine.part == "mentee" else None
    if user.can(Right.PROGRAMS_SEE_ALL):
        return None
    return list(program.pairing.participations.filter(person=user.person_id, part="mentee"))


def own_candidates(program, user) -> set | None:
    """Return the candidates whose words alone the user may read, or None when everybody's."""
    sides = own_sides(program, user)
    return None if sides is None else {p.candidate_id for p in sides}


def why(program, activity, user, own=...) -> list[str]:
    """What an activity is for. In a group a mentee reads one's own difficulties, of the others — only whom it helps."""
    own = own_candidates(program, user) if own is ... else own
    found = []
    for statement in activity.statements.all():
        other = own is not None and statement.candidate_id not in own
        names = [p.person.short_name for p in program.pairing.people if p.candidate_id == statement.candidate_id]
        found.append(f"для участника: {joined(names)}" if other else statement.text)
    return list(dict.fromkeys(found))


def who(program, responsible: str) -> str:
    """«наставник», «наставляемая», «наставляемые», «оба», «все» by the code of who is responsible."""
    mentees = [p for p in program.pairing.people if p.part == "mentee"]
    if responsible == "mentor":
        return "наставник"
    if responsible == "both":
        return "оба" if len(mentees) == 1 else "все"
    return mentees[0].part_word if len(mentees) == 1 else "наставляемые"


def when(activity) -> str:
    """«7–18 декабря», «15 января», with no-break spaces."""
    if not activity.starts_on or activity.starts_on == activity.due_on:
        return ruday(activity.due_on)
    if (activity.starts_on.year, activity.starts_on.month) == (activity.due_on.year, activity.due_on.month):
        return f"{activity.starts_on.day}–{ruday(activity.due_on)}"
    return f"{ruday(activity.starts_on)} – {ruday(activity.due_on)}"


def activity_badge(program, activity, user, remarks=(), sides=None) -> dict:
    """Return the state of an activity: a remark before approval, then the results of the mentees.

    ``sides`` are the participations of whose results the user may know, None for all of the programme.
    """
    if any(not r["resolved"] for r in remarks):
        return {"word": "есть замечание", "tone": "you"}
    if program.state in (*BEFORE_APPROVAL, "approved"):
        return {"word": "впереди", "tone": "ahead"}
    mentees = [p for p in program.pairing.people if p.part == "mentee"] if sides is None else sides
    states = [r.state for r in activity.results.all() if r.participation_id in {p.pk for p in mentees}]
    mine = takes_part(program, user)
    if mentees and states.count("checked") == len(mentees):
        return {"word": "выполнено", "tone": "done"}
    if "returned" in states:
        return {"word": "возвращено", "tone": "you" if mine and mine.part == "mentee" else "others"}
    if "done" in states:
        return {"word": "на проверке", "tone": "you" if mine and mine.part == "mentor" else "others"}
    if program.state != "running":
        return {"word": "не отмечено", "tone": "stopped"}
    today = timezone.localdate()
    if getattr(program, "paused", False):
        return {"word": "приостановлено", "tone": "stopped"}
    if activity.due_on < today:
        return {"word": "просрочено", "tone": "late"}
    if states:
        return {"word": f"{states.count('checked')} из {len(mentees)}", "tone": "others"}
    return (
        {"word": "идёт", "tone": "others"}
        if (activity.starts_on or activity.due_on) <= today
        else {"word": "впереди", "tone": "ahead"}
    )


def _remarks(program, user) -> dict:
    """Remarks by the pk of their activity or by their field, with «учтено» for those who may say it."""
    may = drafts(program, user)
    found: dict = {}
    for r in program.remarks.all() if program.state in BEFORE_APPROVAL else ():
        key = r.activity_id or r.field
        found.setdefault(key, []).append(
            {
                "text": r.text,
                "about": r.about,
                "who": r.by.person.short_name,
                "at": r.at,
                "resolved": r.resolved_at,
                "resolve_url": reverse("programs:remark_resolve", args=[program.pk, r.pk])
                if may and r.resolved_at is None
                else "",
            }
        )
    return found


def fields(program, user) -> list[dict]:
    """Return the programme's fields with the remarks bound to them; a mentee of a group reads only one's own words."""
    own = own_candidates(program, user)
    remarks = _remarks(program, user)
    names = {p.candidate_id: p.person.short_name for p in program.pairing.people}
    several = program.pairing.kind == "group"

    def said(name):
        rows = [s for s in getattr(program, name).all() if own is None or s.candidate_id in own]
        return [f"{names[s.candidate_id]}: {s.text}" if several and s.candidate_id in names else s.text for s in rows]

    values = {
        "goal": [program.goal],
        "requests": said("requests"),
        "difficulties": said("difficulties"),
        "strengths": said("strengths"),
        "forms": [f.name for f in program.forms.all()],
        "kinds": [k.name for k in program.kinds.all()],
        "justification": [program.justification],
        "directions": [program.directions],
        "term": [_term(program)],
    }
    return [
        {"label": FIELD_WORDS[name], "values": [v for v in lines if v], "remarks": remarks.get(name, [])}
        for name, lines in values.items()
    ]


def _term(program) -> str:
    if not program.starts_on or not program.ends_on:
        return ""
    text = f"{period(program.starts_on, program.ends_on)} ({term(program.starts_on, program.ends_on)})"
    return f"{text}. Особый срок: {program.term_decision}" if program.term_decision else text


def general_remarks(program, user) -> list[dict]:
    """Remarks that are bound to no single field or activity: to the whole, the title, the plan, and returns."""
    found = _remarks(program, user)
    return [r for key in ("", "title", "activities") for r in found.get(key, [])]


def why_locked(program, user) -> str:
    """Say on the page why nothing can be edited, to those who otherwise could."""
    return (
        locked(program, user)
        if drafts(program, user) and program.state in (*BEFORE_APPROVAL, "approved", "running")
        else ""
    )
