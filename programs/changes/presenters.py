"""What the page of one change shows to whom: facts, readiness, acts, the plan in its new wording, consents."""

from datetime import date

from django.urls import reverse

from mentoring_site import history as mentoring_site_history
from mentoring_site.russian import joined, plural, rudate, ruday, rushort
from mentoring_site.workflow import action, readiness
from people.rights import Right
from programs.changes.amendment.acts import carried_out, may_amend, present_plan
from programs.changes.amendment.models import Amendment
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause, Resumption
from programs.changes.replacement.acts import obstacles
from programs.changes.replacement.documents import papers_left
from programs.changes.replacement.models import Replacement
from programs.changes.replacement.rules import successor_appointed
from programs.pairings import presenters as pairing_presenters
from programs.pairings.acts import pairing_title
from programs.program import presenters as program_presenters
from programs.program.content_presenters import responsible_words
from programs.program.models import Activity
from programs.program.presenters import button

SORTS = {m._meta.model_name: m for m in (Amendment, Replacement, Pause, Resumption, Dissolution)}
TONES = {"proposed": "you", "ready": "others", "registered": "done", "withdrawn": "stopped"}
RESPONSIBLE = dict(Activity.Responsible.choices)


def program_of(change):
    """Return the programme of a change, or None when it is about a pair."""
    return getattr(change, "program", None)


def crumbs(change, last=None) -> list:
    """Return the way to the page of a change or to a page below it."""
    name = change._meta.verbose_name.capitalize()
    program = program_of(change)
    way = program_presenters.crumbs(program, name) if program else pairing_presenters.crumbs(change.pairing, name)
    if last:
        way[-1] = (name, change.get_absolute_url())
        way.append((last, None))
    return way


def context(change, user) -> dict:
    """Return what ``programs/changes/change.html`` reads."""
    program = program_of(change)
    place = program or change.pairing
    acts = actions(change, user)
    return {
        "heading": change._meta.verbose_name.capitalize(),
        "place": program.title if program else pairing_title(change.pairing),
        "place_url": place.get_absolute_url(),
        "crumbs": crumbs(change),
        "badge": {"word": change.get_state_display(), "tone": TONES[change.state]},
        "actions": acts,
        "checks": _checks(change, user, acts) if change.state == "proposed" else [],
        "labour": _labour(change, user),
        "facts": facts(change, user),
        "plan": plan(change, user) if isinstance(change, Amendment) else None,
        "line_url": reverse("programs:amendment_line_new", args=[change.pk]) if _words(change, user) else "",
        "consents": _consents(change) if isinstance(change, Amendment) else [],
        "entries": mentoring_site_history.entries([change]),
    }


def _words(change, user) -> bool:
    """Whether the user may word the new plan now."""
    return isinstance(change, Amendment) and change.state == "proposed" and may_amend(change.program, user)


def facts(change, user) -> list[dict]:
    """Return the facts of a change in words; what somebody asked in confidence only to those who decide (п. 5.1)."""
    rows = {
        "amendment": _of_amendment,
        "replacement": lambda s: _of_replacement(s, user),
        "pause": _of_pause,
        "resumption": lambda r: [("Приостановлена", _dates(r.pause)), ("Возобновляется с", ruday(r.on))],
        "dissolution": lambda d: [("С какого дня", ruday(d.on)), ("В связи с", d.reason)],
    }[change._meta.model_name](change)
    rows.append(
        ("Приказ", f"от {rushort(change.order_date)} №\u00a0{change.order_number}" if change.order_date else "")
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def _of_amendment(a):
    was = a.old_end or a.program.ends_on
    return [
        ("Срок", f"до {rudate(a.new_end)} (был до {rudate(was)})" if a.new_end else "не меняется"),
        ("Вступит в силу", ruday(a.effective_on) if a.effective_on and a.before is None else ""),
        ("Решение об особом сроке", a.term_decision),
        ("Формы наставничества", joined(a.form_names)),
        ("Почему", a.reason),
    ]


def _of_replacement(s, user):
    back = (
        f"прежний наставник вернулся {ruday(s.returned_on)}"
        if s.returned_on
        else "потом прежний наставник вернётся без нового приказа"
    )
    return [
        ("Прежний наставник", s.former.person.full_name),
        ("Новый наставник", s.candidate.person.full_name),
        (
            "Основание",
            (
                s.get_ground_display() + (f", от {rushort(s.paper_on)}" if s.paper_on else "")
                if _sees_ground(s, user)
                else ""
            ),
        ),
        ("В связи с", s.circumstances),
        ("С какого дня", ruday(s.effective_on or s.since)),
        ("По какой день", f"{ruday(s.until)}, {back}" if s.until else "навсегда"),
        ("Что передано", s.handover),
    ]


def _sees_ground(s, user) -> bool:
    """A petition is confidential until the order names it as its ground."""
    if (
        s.ground != "petition"
        or s.state == "registered"
        or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
        or user.can(Right.ORDERS_SEE_ALL)
    ):
        return True
    return bool(s.petition and s.petition.participation.person_id == user.person_id)


def _of_pause(p):
    resumed = f"с {ruday(p.resumed_on)}" if p.resumed_on else ""
    return [("Приостановлена", _dates(p)), ("В связи с", p.reason), ("Возобновлена", resumed)]


def _dates(pause) -> str:
    return f"с {ruday(pause.since)} " + (f"по {ruday(pause.until)}" if pause.until else "до приказа о возобновлении")


def _checks(change, user, acts) -> list[dict]:
    """The readiness light of the order; a link stands only where the reader can do something."""
    found = []
    mine = {p.person_id: p for p in program_of(change).pairing.people} if program_of(change) else {}
    for check in readiness(change, "ready"):
        check = {"who": "", "url": "", "link": ""} | check
        own = check.get("remind") == user.person_id and user.person_id in mine
        if check["url"] and not (
            own or user.can(Right.PROGRAMS_ACT_FOR_OTHERS) or check["url"] == change.get_absolute_url()
        ):
            check |= {"url": "", "link": ""}
        if own:
            check |= {"link": "Прочитать и согласиться"}
        found.append(check | {"waiting": not check["met"] and not check["url"]})
    if isinstance(change, Replacement) and successor_appointed.complaints(change):
        note = "Новый наставник ещё не назначен: его назначит тот же приказ"
        found.append({"met": True, "waiting": False, "text": note, "who": "", "url": "", "link": ""})
    return found


def _labour(change, user) -> list[dict]:
    """What the papers of ТК 351.8 and pay ask for, to those who keep the agreements and do not decide
    about themselves.
    """
    if not isinstance(change, Replacement) or change.state not in ("ready", "registered") or change.returned_on:
        return []
    own = user.person_id in (change.candidate.person_id, change.former.person_id)
    return papers_left(change) if user.can(Right.AGREEMENTS_RECORD) and not own else []


def actions(change, user) -> list[dict]:
    """Return the buttons of the page, the main one first."""
    what = change._meta.model_name

    def at(verb):
        return reverse(f"programs:change_{verb}", args=[what, change.pk])

    ready = action(change, "ready", user, at("ready"), primary=True)
    if ready and ready["reasons"]:
        ready |= {"reasons": ["Чего не хватает, сказано ниже"], "primary": False}
    withdraw = action(change, "withdraw", user, at("withdraw"))
    found = [
        _order(change, user),
        _agree(change, user),
        ready,
        *_edits(change, user),
        action(change, "reopen", user, at("reopen")),
        withdraw and withdraw | {"danger": True},
    ]
    return [a for a in found if a]


def _order(change, user):
    if change.state != "ready" or not user.can(Right.ORDERS_DRAFT):
        return None
    what = change._meta.model_name
    left = obstacles(change, appointing=[change.candidate_id]) if isinstance(change, Replacement) else []
    url = f"{reverse('reports:order_new')}?kind={what}&{what}={change.pk}"
    return button("order", "Подготовить приказ", url, primary=True, reasons=[str(c) for c in left])


def _agree(change, user):
    """The reader's own consent to an amendment, while it is awaited."""
    if not isinstance(change, Amendment) or change.state != "proposed":
        return None
    mine = next((p for p in change.program.pairing.people if p.person_id == user.person_id and p.until is None), None)
    if mine is None or mine.pk in change.consents_by_side or not change.changes_something:
        return None
    url = reverse("programs:amendment_agree", args=[change.pk, mine.pk])
    return button("agree", "Прочитать и согласиться", url, primary=True)


def _edits(change, user):
    if change.state == "proposed":
        if isinstance(change, Amendment) and may_amend(change.program, user):
            yield button("edit", "Изменить срок или причину", reverse("programs:amendment_edit", args=[change.pk]))
        if isinstance(change, Replacement) and user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
            yield button("edit", "Исправить", reverse("programs:replacement_edit", args=[change.pk]))
    if isinstance(change, Replacement) and user.can(Right.PROGRAMS_ACT_FOR_OTHERS) and _lasts(change):
        url = reverse("programs:replacement_return", args=[change.pk])
        yield button("return", "Прежний наставник вернулся раньше", url)


def _lasts(replacement) -> bool:
    return replacement.state == "registered" and bool(replacement.until) and not replacement.returned_on


def plan(amendment, user) -> list[dict]:
    """Return the plan in its new wording beside what it was: each line kept, changed, new or dropped."""
    was = {line["pk"]: line for line in _old_plan(amendment)}
    now = amendment.plan if amendment.plan is not None else list(was.values())
    words = _words(amendment, user)
    locked = carried_out(amendment.program)
    rows = []
    for number, line in enumerate(now):
        old = was.pop(line["pk"], None)
        word, tone = (
            ("новое", "you") if old is None else ("без изменений", "ahead") if old == line else ("изменено", "others")
        )
        rows.append(
            _row(line, amendment.program, word, tone, old if old != line else None)
            | {
                "edit_url": (
                    reverse("programs:amendment_line", args=[amendment.pk, number])
                    if words and line["pk"] not in locked
                    else ""
                ),
                "drop_url": (
                    reverse("programs:amendment_line_drop", args=[amendment.pk, number])
                    if words and line["pk"] not in locked
                    else ""
                ),
            }
        )
    return rows + [
        _row(line, amendment.program, "убрано", "stopped", None) | {"edit_url": "", "drop_url": ""}
        for line in was.values()
    ]


def _old_plan(amendment) -> list[dict]:
    """The present plan; after registration the one that was before, which the amendment keeps in words."""
    if amendment.before is None:
        return present_plan(amendment.program)
    kept = {(line["title"], line["due_on"]): line["pk"] for line in amendment.plan or []}
    return [
        {"pk": kept.get((a["title"], a["due_on"]), f"было{n}"), **a, "responsible": _code(a["responsible"])}
        for n, a in enumerate(amendment.before["activities"])
    ]


def _code(word) -> str:
    return next((code for code, label in RESPONSIBLE.items() if label == word), word)


def _row(line, program, word, tone, old) -> dict:
    return {
        "title": line["title"],
        "result": line["expected_result"],
        "evidence": line["evidence"],
        "who": responsible_words(program, line["responsible"]),
        "when": _when(line),
        "old": f"{old['title']}, {_when(old)}" if old else "",
        "badge": {"word": word, "tone": tone},
    }


def _when(line) -> str:
    due = ruday(date.fromisoformat(line["due_on"]))
    return f"{ruday(date.fromisoformat(line['starts_on']))} – {due}" if line["starts_on"] else due


def _consents(amendment) -> list[dict]:
    given = amendment.consents_by_side
    return [
        {
            "person": p.person.full_name,
            "part": p.part_word,
            "given": (
                f"{ruday(given[p.pk]['on'])}{', на бумаге' if given[p.pk]['paper'] else ''}" if p.pk in given else ""
            ),
        }
        for p in amendment.program.pairing.people
    ]


def words_of(change) -> str:
    """Return what a change does, in a few words, for lists."""
    name = change._meta.model_name
    if name == "amendment":
        parts = [f"продление до {ruday(change.new_end)}"] if change.new_end else []
        parts += ["план в новой редакции"] if change.plan is not None else []
        return joined(parts) or "готовится"
    if name == "replacement":
        return f"{change.former.person.short_name} → {change.candidate.person.short_name}" + (
            f", по {ruday(change.until)}" if change.until else ""
        )
    if name == "pause":
        return _dates(change)
    return f"с {ruday(change.on)}"


def days_words(days: int) -> str:
    """Return «21 день»."""
    return plural(days, "день,дня,дней")
