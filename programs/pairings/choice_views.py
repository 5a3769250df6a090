"""Choosing who works with whom: mentees without a pair beside mentors who suit them, then the proposal
(п. 2.3, 3.5, 6.1).
"""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_with_form
from mentoring_site.russian import add_months, joined
from people.banks.models import Candidate
from people.register.models import Employment, Person
from people.rights import Right
from programs.pairings import matching
from programs.pairings import models as pairing_models
from programs.pairings.acts import pairing_title
from programs.pairings.acts import propose as propose_pairing
from programs.pairings.forms import ChoiceFilters, ProposeForm
from programs.pairings.models import Pairing
from programs.pairings.presenters import load_words

AT_ONCE = 12  # mentees on a page
MATRIX = 10  # a table of everybody is readable up to so many mentors
SHOWN, MORE = 3, 7  # mentors beside a mentee: at once, and after a press


def _proposers(request):
    if not request.user.can(Right.PAIRINGS_PROPOSE):
        raise PermissionDenied("Подбирают пары куратор и методический совет")


@require_GET
def choose(request):
    """Mentees without a pair, each with the mentors who suit, and everybody in one table while the school is small."""
    _proposers(request)
    form = ChoiceFilters(request.GET)
    found = _filtered(form).order_by("person__last_name", "person__first_name", "pk")
    found = found.select_related("person").prefetch_related("categories")
    current = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    mentees = list(current)
    mentors = matching.mentors(near=mentees)
    fits = matching.fits(mentees, mentors)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "programs/pairings/pairing_choose.html",
        {
            "filters": form,
            "page_obj": current,
            "query": query.urlencode(),
            "url": reverse("programs:pairing_new"),
            "rows": [_mentee(m) | _beside(fits[m.pk], [m]) for m in mentees],
            "matrix": _matrix(mentees, mentors, fits),
            "mentor_url": reverse("programs:pairing_mentor"),
            "any_mentors": bool(mentors),
            "filtered": form.is_bound,
            "bank_url": reverse("people:banks"),
            "crumbs": [("Пары и группы", reverse("programs:pairings")), ("Подбор", None)],
            "in_pairs": matching.in_pairs(),
        },
    )


def _filtered(form):
    chosen = form.cleaned_data if form.is_valid() else {}
    found = matching.free_mentees()
    if chosen.get("q"):
        found = found.filter(person__in=Person.objects.found_by(chosen["q"]))
    if chosen.get("department"):
        here = Employment.objects.current().filter(person=OuterRef("person"), department=chosen["department"])
        found = found.filter(Exists(here))
    if chosen.get("topic"):
        found = found.filter(topics=chosen["topic"])
    return found


def _mentee(candidate) -> dict:
    young, _ = candidate.person.young_specialist()
    said = {
        kind: [s for s in candidate.statements.all() if s.kind == kind and s.resolved_on is None]
        for kind in ("request", "difficulty", "strength")
    }
    return {
        "pk": candidate.pk,
        "name": candidate.person.full_name,
        "url": candidate.get_absolute_url(),
        "post": matching.post_of(candidate),
        "categories": joined([c.name for c in candidate.categories.all()]),
        "young": young,
        "wishes": candidate.wishes,
        "asks": "; ".join(s.text for s in said["request"]) or "запросов в анкете нет",
        "requests": [_said(s) for s in said["request"]],
        "difficulties": [_said(s) for s in said["difficulty"]],
    }


def _said(statement) -> dict:
    return {"text": statement.text, "topic": statement.topic.name if statement.topic else ""}


def _beside(fits, mentees) -> dict:
    propose = _propose(mentees)
    shown = [_fit(f, mentees, propose) for f in fits[: SHOWN + MORE]]
    return {"fits": shown[:SHOWN], "more": shown[SHOWN:], "left": max(0, len(fits) - SHOWN - MORE)}


def _propose(mentees) -> str:
    """The address of a proposal for the mentees; the mentor is added to it."""
    return f"{reverse('programs:pairing_propose')}?{urlencode([('mentee', m.pk) for m in mentees])}"


def _fit(fit, mentees, propose: str) -> dict:
    """One mentor beside a mentee in words; ``propose`` is the address of a proposal for the mentees."""
    place = fit.free >= len(mentees)
    return {
        "name": fit.mentor.person.full_name,
        "short": fit.mentor.person.short_name,
        "url": fit.mentor.get_absolute_url(),
        "post": matching.post_of(fit.mentor),
        "verdict": verdict(fit),
        "answers": [
            {
                "need": a.need,
                "kind": {"request": "запрос", "difficulty": "затруднение"}[a.kind],
                "offer": a.offer,
                "by": a.by,
            }
            for a in fit.answers
        ],
        "unmet": fit.unmet,
        "load": load_words(fit.mentor),
        "same_department": fit.same_department,
        "warnings": fit.warnings,
        "place": place,
        "propose_url": f"{propose}&mentor={fit.mentor.pk}" if place else "",
        "badge": _badge(fit, place),
    }


def verdict(fit) -> str:
    """Say in a phrase how a mentor suits: «отвечает на 2 из 3 запросов»."""
    if not fit.wanted:
        return "запросы не записаны"
    met = min(fit.requests_met, fit.wanted)
    if met == fit.wanted:
        return "отвечает на запрос" if met == 1 else "отвечает на все запросы"
    return f"отвечает на {met} из\u00a0{fit.wanted} запросов" if met else "на запросы прямо не отвечает"


def _badge(fit, place) -> dict:
    if not place:
        return {"word": "нет места", "tone": "stopped"}
    met = fit.requests_met
    return {"word": verdict(fit), "tone": "done" if met and met >= fit.wanted else "others" if met else "draft"}


def _matrix(mentees, mentors, fits) -> dict | None:
    """Everybody in one table: a cell says how many requests are met and leads to the proposal."""
    if not mentees or not mentors or len(mentors) > MATRIX:
        return None
    columns = [{"name": m.person.short_name, "load": load_words(m)} for m in mentors]
    lines = []
    for mentee in mentees:
        by_mentor = {f.mentor.pk: f for f in fits[mentee.pk]}
        cells = [_cell(by_mentor.get(m.pk), mentee, m) for m in mentors]
        lines.append({"name": mentee.person.short_name, "anchor": f"#mentee-{mentee.pk}", "cells": cells})
    return {"columns": columns, "rows": lines}


def _cell(fit, mentee, mentor) -> dict:
    label = mentor.person.short_name
    if fit is None:
        return {"mentor": label, "text": "сам(а)", "url": "", "note": "", "best": False}
    facts = _fit(fit, [mentee], _propose([mentee]))
    met = f"{min(fit.requests_met, fit.wanted)} из\u00a0{fit.wanted}"
    notes = [*(["своё отделение"] if fit.same_department else []), *(["осторожно"] if fit.warnings else [])]
    return {
        "mentor": label,
        "text": met if facts["place"] else "нет места",
        "url": facts["propose_url"],
        "note": ", ".join(notes),
        "best": bool(fit.wanted and fit.requests_met >= fit.wanted and facts["place"]),
    }


@require_GET
def choose_mentor(request):
    """The mentors who suit the marked mentees together: the second step of a group."""
    _proposers(request)
    mentees = _candidates(request, "mentee")
    if not mentees:
        return redirect("programs:pairing_new")
    fits = matching.group_fits(mentees, matching.mentors(near=mentees))
    return render(
        request,
        "programs/pairings/pairing_mentor.html",
        {
            "mentees": [_mentee(m) for m in mentees],
            "beside": _beside(fits, mentees),
            "group": len(mentees) > 1,
            "names": joined([m.person.short_name for m in mentees]),
            "back_url": reverse("programs:pairing_new"),
            "bank_url": reverse("people:banks"),
            "crumbs": [
                ("Пары и группы", reverse("programs:pairings")),
                ("Подбор", reverse("programs:pairing_new")),
                ("Наставник", None),
            ],
        },
    )


def _candidates(request, name):
    """Return the candidates named in the address who stand in the bank as ``name``."""
    asked = [int(v) for v in request.GET.getlist(name) if v.isdecimal() and len(v) < 16][:50]
    found = Candidate.objects.standing().filter(pk__in=asked, part=name)
    return list(
        matching.described(found, "topics", "categories")
        .annotate(load=pairing_models.load_of("person"))
        .order_by("person__last_name", "pk")
    )


def propose(request):
    """Propose the chosen people to each other: topics, reasons, criterion, term (п. 3.5, 6.1)."""
    _proposers(request)
    mentor, mentees = _candidates(request, "mentor"), _candidates(request, "mentee")
    if len(mentor) != 1 or not mentees:
        raise Http404
    mentor, kind = mentor[0], Pairing.Kind.PAIR if len(mentees) == 1 else Pairing.Kind.GROUP
    fit = next(iter(matching.group_fits(mentees, [mentor])), None)
    form = ProposeForm(request.POST or None, mentees=mentees, initial=_suggested(mentor, mentees, fit))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form,
            lambda: propose_pairing(
                by=request.user,
                kind=kind,
                mentor=mentor,
                mentees=mentees,
                topics=data["topics"],
                why=data["why"],
                profile_fits=True,
                planned_from=data["planned_from"],
                planned_to=data["planned_to"],
                request_key=data["request_key"],
            ),
        )
        if made:
            _said_so(request, made)
            return redirect(made)
    return render(
        request,
        "programs/pairings/pairing_propose.html",
        {
            "form": form,
            "mentor": _fit(fit, mentees, _propose(mentees)) if fit else None,
            "mentees": [_mentee(m) for m in mentees],
            "kind": kind.label,
            "submit": "Отправить предложение",
            "heading": "Новая пара" if kind == "pair" else "Новая группа",
            "names": joined([m.person.short_name for m in mentees]),
            "cancel_url": reverse("programs:pairing_new"),
            "crumbs": [
                ("Пары и группы", reverse("programs:pairings")),
                ("Подбор", reverse("programs:pairing_new")),
                ("Предложение", None),
            ],
        },
    )


def _said_so(request, made):
    from django.contrib import messages

    whole = Pairing.objects.with_people().get(pk=made.pk)
    messages.success(
        request, f"Предложение отправлено: {pairing_title(whole)}. Участники получили письма и отвечают доверительно"
    )


def _suggested(mentor, mentees, fit) -> dict:
    """What the form offers at first: topics in common, the explanation in words, the term to the end of
    the school year.
    """
    topics = {s.topic_id for m in mentees for s in m.statements.all() if s.kind == "request" and s.topic_id}
    common = topics & {t.pk for t in mentor.topics.all()} or topics
    start = timezone.localdate()
    year = start.year if start.month < 3 else start.year + 1
    end = start.replace(year=year, month=5, day=31)
    end = end if end <= add_months(start, 12) else add_months(start, 9)
    reasons = [f"«{a.need}» — «{a.offer}» ({a.by})" for a in fit.answers if a.kind == "request"] if fit else []
    why = "Запросу отвечает компетенция наставника: " + "; ".join(dict.fromkeys(reasons)) if reasons else ""
    return {"topics": list(common), "planned_from": start, "planned_to": end, "why": why[:2000]}
