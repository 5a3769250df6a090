"""What the page of one completion shows to whom: requirements, acts, outcomes, the words for the site."""

from dataclasses import replace

from django.urls import reverse

from mentoring_site import history
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import joined, ruday
from mentoring_site.ui.elements import Action, Badge, Check, Fact, Tone
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.consents.dissemination import allowed_fields
from people.consents.models import PUBLIC_FIELDS
from people.language.mentions import named_without_permission
from people.language.names import agree
from people.rights import Right
from people.roles.instead import decides
from programs.completion import ratings
from programs.completion.documents import POINTS
from programs.completion.models import Completion
from programs.completion.publication import persons_of
from programs.completion.rules import reviewed
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.program.presenters import crumbs, takes_part
from programs.program.rules import parties

TONES: dict[str, Tone] = {"proposed": "you", "ready": "others", "registered": "done", "withdrawn": "stopped"}


def context(c: Completion, program: Program, user: User) -> dict:
    """Return what ``programs/completion/completion.html`` reads."""
    shown, rated = actions(c, program, user), ratings.shown(c, user)
    checks = _checks(c, shown) if c.state == Completion.State.PROPOSED else []
    return {
        "completion": c,
        "title": program.title,
        "program_url": program.get_absolute_url(),
        "crumbs": crumbs(program, "Завершение"),
        "badge": badge(c),
        "checks": [*checks, rated.check] if checks and rated.check else checks,
        "rated": rated,
        "actions": shown,
        "outcomes": outcomes(c),
        "points": [
            {"label": label.partition(" (")[0], "text": text} for name, label in POINTS if (text := getattr(c, name))
        ],
        "papers": papers(c),
        "facts": facts(c),
        "site": _site(c, program),
        "entries": history.entries([c]),
    }


def badge(c: Completion) -> Badge:
    """Return the state of a completion."""
    return Badge(c.get_state_display(), TONES[c.state])


def papers(c: Completion) -> list[dict]:
    """Return what can be printed about this completion: written papers, and blank forms for whoever never logs in."""
    report, review = (reverse(f"programs:completion_{name}", args=[c.pk]) for name in ("report_pdf", "review_pdf"))
    return [
        {"label": "Отчёт наставника", "url": report if c.concluded_at else "", "blank": f"{report}?blank=1"},
        {"label": "Отзыв наставляемого", "url": review if c.reviewed_at else "", "blank": f"{review}?blank=1"},
    ]


def outcomes(c: Completion) -> list[dict]:
    """Return what became of each difficulty, in words."""
    return [
        {"text": o.difficulty.text, "word": o.get_level_display(), "comment": o.comment}
        for o in c.outcomes.select_related("difficulty").order_by("pk")
    ]


def facts(c: Completion) -> list[Fact]:
    """Return the facts of a completion."""
    rows: list[tuple[str, object]] = [
        ("Наставляемый" if c.participation.person.gender == "m" else "Наставляемая", c.participation.person.full_name),
        ("Основание", c.get_reason_display()),
        ("Обстоятельства", c.circumstances),
        ("Заявление", f"от {ruday(c.notice_on)}" if c.notice_on else ""),
        ("Вывод наставника", verdict_words(c)),
        ("Приказ", PaperRef(c.order_number, c.order_date).on_screen if c.order_date else ""),
        ("Завершено", ruday(c.ended_on) if c.ended_on else ""),
    ]
    return Fact.known(rows)


def verdict_words(c: Completion) -> str:
    """«готова к самостоятельной работе»."""
    return agree(c.participation.person.gender, c.get_verdict_display())


def _checks(c: Completion, shown: list[Action]) -> list[Check]:
    """The requirements of the order; a link stands only where the reader can do something."""
    open_urls = {a.url.partition("?")[0] for a in shown if a.enabled} | {c.program.get_absolute_url()}
    checks = [check if check.url in open_urls else replace(check, url="", link="") for check in readiness(c, "ready")]
    return [replace(check, waiting=not check.met and not check.url) for check in checks]


def _site(c: Completion, program: Program) -> dict:
    """What is known about the words for the site: approved or not, allowed or not, whom they name without leave."""
    if not c.public_text:
        return {}
    people = {p.person_id: p.person for p in program.pairing.people} | {
        c.participation.person_id: c.participation.person
    }
    allowed = allowed_fields(people)
    fields: frozenset[str] = allowed.get(c.participation.person_id, frozenset())
    return {
        "allowed": joined([words for name, words in PUBLIC_FIELDS.items() if name in fields]),
        "shown": "results" in fields,
        "named": joined([p.short_name for p in named_without_permission(c.public_text, people.values(), allowed)]),
    }


def belongs(verb: str, c: Completion, program: Program, user: User) -> bool:
    """Whether the act is the user's at all, whatever the state."""
    concerned = persons_of([program]) if verb == "approve" else parties(program)
    if decides(user, Right.PROGRAMS_ACT_FOR_OTHERS, concerned):
        return True
    mentor, own = leads(program, user), c.participation.person_id == user.person_id
    if verb == "public":
        return mentor or user.can(Right.PROGRAMS_PUBLISH)
    return {"conclude": mentor, "review": own, "approve": own, "agree": own or mentor}.get(verb, False)


def leads(program: Program, user: User) -> bool:
    """Whether the user is or was the mentor of the program."""
    mine = takes_part(program, user)
    return mine is not None and mine.part == Participation.Part.MENTOR


def actions(c: Completion, program: Program, user: User) -> list[Action]:
    """Return the buttons of the page; only the first that can be the main one is."""
    found = [
        _order(c, user),
        *_agreements(c, program, user),
        _conclude(c, program, user),
        _review(c, program, user),
        _approve(c, program, user),
        _transition(c, "ready", user, primary=True),
        _public(c, program, user),
        _transition(c, "reopen", user),
        _transition(c, "withdraw", user),
    ]
    shown = [a for a in found if a]
    main = next((a for a in shown if a.primary and a.enabled), None)
    shown = [replace(a, primary=a is main) for a in shown]
    return sorted(shown, key=lambda a: not a.primary)


def _transition(c: Completion, verb: str, user: User, *, primary: bool = False) -> Action | None:
    found = action(c, verb, user, _url(verb, c), primary=primary)
    return replace(found, reasons=("Чего не хватает, сказано ниже",)) if found and found.reasons else found


def _button(
    c: Completion, program: Program, user: User, verb: str, label: str, *, primary: bool = False, part: str = ""
) -> Action | None:
    """Return the button of an act that is no transition, or None when it is not this user's.

    ``part`` is whose agreement the curator records.
    """
    if not belongs(verb, c, program, user):
        return None
    query, name = (f"?part={part}", f"{verb}_{part}") if part else ("", verb)
    return Action(name, label, _url(verb, c) + query, primary=primary)


def _url(verb: str, c: Completion) -> str:
    return reverse(f"programs:completion_{verb}", args=[c.pk])


def _conclude(c: Completion, program: Program, user: User) -> Action | None:
    if c.state != Completion.State.PROPOSED:
        return None
    mentor = leads(program, user)
    new = "Написать заключение" if mentor else "Записать с бумаги: заключение"
    label = "Исправить заключение" if c.concluded_at else new
    return _button(c, program, user, "conclude", label, primary=mentor and not c.concluded_at)


def _review(c: Completion, program: Program, user: User) -> Action | None:
    if c.state != Completion.State.PROPOSED:
        return None
    own = c.participation.person_id == user.person_id
    new = "Написать отзыв" if own else "Записать с бумаги: отзыв"
    label = "Исправить отзыв" if c.reviewed_at else new
    return _button(c, program, user, "review", label, primary=own and bool(reviewed.complaints(c)))


def _approve(c: Completion, program: Program, user: User) -> Action | None:
    """The mentee's approval of the words for the site, while it is awaited."""
    if not c.public_text or c.public_approved_at or c.state == Completion.State.WITHDRAWN:
        return None
    own = c.participation.person_id == user.person_id
    label = "Одобрить текст для сайта" if own else "Записать одобрение текста"
    return _button(c, program, user, "approve", label, primary=own)


def _public(c: Completion, program: Program, user: User) -> Action | None:
    if c.state == Completion.State.WITHDRAWN:
        return None
    label = "Исправить текст для сайта" if c.public_text else "Написать текст для сайта"
    return _button(c, program, user, "public", label)


def _agreements(c: Completion, program: Program, user: User) -> list[Action | None]:
    """Agreement of one's own side to a mutual completion, or the curator's record of either (п. 7.1)."""
    if c.state != Completion.State.PROPOSED or c.reason != Completion.Reason.MUTUAL:
        return []
    mentor, mentee = Participation.Part.MENTOR, Participation.Part.MENTEE
    own = mentor if leads(program, user) else mentee if c.participation.person_id == user.person_id else ""
    sides = ((mentor, c.mentor_agreed_at, "наставника"), (mentee, c.mentee_agreed_at, "наставляемого"))
    found = []
    for part, agreed_at, whose in sides:
        if not agreed_at and part == own:
            found.append(_button(c, program, user, "agree", "Согласиться завершить", primary=True))
        elif not agreed_at and decides(user, Right.PROGRAMS_ACT_FOR_OTHERS, parties(program)):
            found.append(_button(c, program, user, "agree", f"Записать согласие {whose}", part=part))
    return found


def _order(c: Completion, user: User) -> Action | None:
    if c.state != Completion.State.READY or not user.can(Right.ORDERS_DRAFT):
        return None
    url = f"{reverse('reports:order_new')}?kind=completion&completion={c.pk}"
    return Action("order", "Подготовить приказ о завершении", url, primary=True)
