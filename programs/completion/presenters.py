"""What the page of one completion shows to whom: requirements, acts, outcomes, the words for the site."""

from django.urls import reverse

from mentoring_site import history as mentoring_site_history
from mentoring_site.russian import joined, ruday, rushort
from mentoring_site.workflow import action, readiness
from people.consents.dissemination import allowed_fields
from people.consents.models import PUBLIC_FIELDS
from people.language.mentions import named_without_permission
from people.language.names import agree
from people.rights import Right
from programs.completion.documents import POINTS
from programs.completion.rules import reviewed
from programs.program.presenters import button, crumbs, takes_part

TONES = {"proposed": "you", "ready": "others", "registered": "done", "withdrawn": "stopped"}


def context(c, program, user) -> dict:
    """Return what ``programs/completion/completion.html`` reads."""
    acts = actions(c, program, user)
    return {
        "completion": c,
        "title": program.title,
        "program_url": program.get_absolute_url(),
        "crumbs": crumbs(program, "Завершение"),
        "badge": {"word": c.get_state_display(), "tone": TONES[c.state]},
        "checks": _checks(c, acts) if c.state == "proposed" else [],
        "actions": acts,
        "outcomes": outcomes(c),
        "points": [
            {"label": label.partition(" (")[0], "text": text} for name, label in POINTS if (text := getattr(c, name))
        ],
        "papers": papers(c),
        "facts": facts(c),
        "site": _site(c, program),
        "entries": mentoring_site_history.entries([c]),
    }


def papers(c) -> list[dict]:
    """Return what can be printed about this completion: written papers, and blank forms for whoever never logs in."""
    report, review = (reverse(f"programs:completion_{name}", args=[c.pk]) for name in ("report_pdf", "review_pdf"))
    return [
        {"label": "Отчёт наставника", "url": report if c.concluded_at else "", "blank": f"{report}?blank=1"},
        {"label": "Отзыв наставляемого", "url": review if c.reviewed_at else "", "blank": f"{review}?blank=1"},
    ]


def outcomes(c) -> list[dict]:
    """Return what became of each difficulty, in words."""
    return [
        {"text": o.difficulty.text, "word": o.get_level_display(), "comment": o.comment}
        for o in c.outcomes.select_related("difficulty").order_by("pk")
    ]


def facts(c) -> list[dict]:
    """Return the facts of a completion."""
    rows = [
        ("Наставляемый" if c.participation.person.gender == "m" else "Наставляемая", c.participation.person.full_name),
        ("Основание", c.get_reason_display()),
        ("Обстоятельства", c.circumstances),
        ("Заявление", f"от {ruday(c.notice_on)}" if c.notice_on else ""),
        ("Вывод наставника", verdict_words(c)),
        ("Приказ", f"от {rushort(c.order_date)} №\u00a0{c.order_number}" if c.order_date else ""),
        ("Завершено", ruday(c.ended_on) if c.ended_on else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def verdict_words(c) -> str:
    """«готова к самостоятельной работе»."""
    return c.get_verdict_display().replace("готов(а)", agree(c.participation.person.gender, "готов", "готова"))


def _checks(c, acts) -> list[dict]:
    """The readiness light: a link stands only where the reader can do something."""
    mine = {a["url"].partition("?")[0] for a in acts if a["enabled"]}
    checks = []
    for check in readiness(c, "ready"):
        found = {"who": "", "url": "", "link": ""} | check
        if found["url"] and found["url"] not in mine and found["url"] != c.program.get_absolute_url():
            found |= {"url": "", "link": ""}
        checks.append(found | {"waiting": not found["met"] and not found["url"]})
    return checks


def _site(c, program) -> dict:
    """What is known about the words for the site: approved or not, allowed or not, whom they name without leave."""
    if not c.public_text:
        return {}
    people = {p.person_id: p.person for p in program.pairing.people} | {
        c.participation.person_id: c.participation.person
    }
    allowed = allowed_fields(people)
    fields = allowed.get(c.participation.person_id, frozenset())
    return {
        "allowed": joined([words for name, words in PUBLIC_FIELDS.items() if name in fields]),
        "shown": "results" in fields,
        "named": joined([p.short_name for p in named_without_permission(c.public_text, people.values(), allowed)]),
    }


def belongs(verb: str, c, program, user) -> bool:
    """Whether the act is the user's at all, whatever the state."""
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return True
    mine = takes_part(program, user)
    mentor = mine is not None and mine.part == "mentor"
    own = c.participation.person_id == user.person_id
    if verb == "public":
        return mentor or user.can(Right.PROGRAMS_PUBLISH)
    return {"conclude": mentor, "review": own, "approve": own, "agree": own or mentor}.get(verb, False)


def actions(c, program, user) -> list[dict]:
    """Return the buttons of the page; only the first that can be the main one is."""
    open_now = c.state == "proposed"

    def at(verb, label, shown, *, main=False, query=""):
        if not shown or not belongs(verb, c, program, user):
            return None
        url = reverse(f"programs:completion_{verb}", args=[c.pk]) + query
        return button(f"{verb}{'_' + query[6:] if query else ''}", label, url, primary=main)

    mine = takes_part(program, user)
    leads, own = bool(mine and mine.part == "mentor"), c.participation.person_id == user.person_id
    hand = {True: "Написать", False: "Записать с бумаги"}
    found = [
        _order(c, user),
        *_agree(c, program, user, at),
        at(
            "conclude",
            "Исправить заключение" if c.concluded_at else f"{hand[leads]}{' заключение' if leads else ': заключение'}",
            open_now,
            main=leads and not c.concluded_at,
        ),
        at(
            "review",
            "Исправить отзыв" if c.reviewed_at else f"{hand[own]}{' отзыв' if own else ': отзыв'}",
            open_now,
            main=own and bool(reviewed.complaints(c)),
        ),
        at("approve", "Одобрить текст для сайта" if own else "Записать одобрение текста", _may_approve(c), main=own),
        action(c, "ready", user, reverse("programs:completion_ready", args=[c.pk]), primary=True),
        at(
            "public",
            "Исправить текст для сайта" if c.public_text else "Написать текст для сайта",
            c.state != "withdrawn",
        ),
        action(c, "reopen", user, reverse("programs:completion_reopen", args=[c.pk])),
        action(c, "withdraw", user, reverse("programs:completion_withdraw", args=[c.pk])),
    ]
    found = [a for a in found if a]
    main = next((a for a in found if a["primary"] and a["enabled"]), None)
    for a in found:
        a["primary"] = a is main
        if a["verb"] == "ready" and a["reasons"]:
            a["reasons"] = ["Чего не хватает, сказано ниже"]
    return sorted(found, key=lambda a: not a["primary"])


def _may_approve(c) -> bool:
    return bool(c.public_text and not c.public_approved_at and c.state != "withdrawn")


def _agree(c, program, user, at) -> list:
    """Agreement of one's own side, or the curator's record of either."""
    if c.state != "proposed" or c.reason != "mutual":
        return []
    mine = takes_part(program, user)
    own = (
        {"mentor"}
        if mine and mine.part == "mentor"
        else {"mentee"}
        if c.participation.person_id == user.person_id
        else set()
    )
    found = []
    for part, at_moment, whose in (
        ("mentor", c.mentor_agreed_at, "наставника"),
        ("mentee", c.mentee_agreed_at, "наставляемого"),
    ):
        if at_moment:
            continue
        if part in own:
            found.append(at("agree", "Согласиться завершить", True, main=True))
        elif user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
            found.append(at("agree", f"Записать согласие {whose}", True, query=f"?part={part}"))
    return found


def _order(c, user) -> dict | None:
    if c.state != "ready" or not user.can(Right.ORDERS_DRAFT):
        return None
    url = f"{reverse('reports:order_new')}?kind=completion&completion={c.pk}"
    return button("order", "Подготовить приказ о завершении", url, primary=True)
