"""Pages of the map: all clauses, one of them, other laws, contradictions, the counting, the paper (п. 3.3, 3.4)."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import rudate, school_year
from mentoring_site.ui.elements import Crumb, Fact
from mentoring_site.ui.list_filters import year_now
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response, school_facts, today
from reports.compliance import acts, presenters
from reports.compliance.clauses import CHAPTERS, Clause, actionable
from reports.compliance.contradictions import CONTRADICTIONS, about
from reports.compliance.declared import DECLARED
from reports.compliance.forms import ExemptForm, SettleForm
from reports.compliance.frameworks import FRAMEWORKS
from reports.compliance.list_page import CLAUSES, day_of, visible, year_of
from reports.compliance.models import ClauseExemption, ClauseState, TextAnswer

FIRST_YEAR, LAST_YEAR = 2015, 2199


def _clause(code: str, year: int) -> Clause:
    found = actionable().get(code)
    if found is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404("Такого пункта нет")
    return found


@require_GET
def page(request: UserRequest) -> HttpResponseBase:
    """All clauses as they were counted; the same as XLSX."""
    require(request.user, Right.COMPLIANCE_SEE)
    year, day = year_of(request.GET), day_of(request.GET)
    return CLAUSES.answer(
        request,
        visible(request.user),
        year=year,
        year_words=school_year(year),
        summary=presenters.summary(year, day),
        figure=presenters.figure(year, day),
        pdf_url=f"{reverse('reports:compliance_pdf')}?on={year}&day={day.isoformat()}",
        may_count=year == year_now(),
    )


@require_POST
def recount(request: UserRequest) -> HttpResponseBase:
    """Ask for a counting of this school year."""
    require(request.user, Right.COMPLIANCE_SEE)
    return act_and_redirect(
        request,
        lambda: acts.ask_count(year_now(), by=request.user),
        success="Считаем. Через минуту обновите страницу",
        to=reverse("reports:compliance"),
    )


@require_GET
def pdf(request: UserRequest) -> HttpResponseBase:
    """The map on paper."""
    require(request.user, Right.COMPLIANCE_SEE)
    year, day = year_of(request.GET), day_of(request.GET)
    facts = {"school": school_facts(), **presenters.paper(year, day)}
    return pdf_response(
        request,
        "documents/compliance.html",
        facts,
        name=file_name(today(), "Исполнение Положения"),
        back=reverse("reports:compliance"),
    )


@require_GET
def clause(request: UserRequest, year: int, code: str) -> HttpResponseBase:
    """One clause: its text, what proves it, its doubts, how its state has changed."""
    require(request.user, Right.COMPLIANCE_SEE)
    found = _clause(code, year)
    rows = list(ClauseState.objects.visible_to(request.user).filter(year=year, clause=code).order_by("-pk")[:20])
    now = rows[0] if rows else None
    settles = request.user.can(Right.COMPLIANCE_SETTLE)
    exemption = (
        ClauseExemption.objects.visible_to(request.user)
        .filter(clause=code, year=year, ended_at__isnull=True)
        .select_related("decided_by__person")
        .first()
    )
    declared = DECLARED[code]
    context = {
        "clause": found,
        "heading": f"Пункт {code}",
        "lead": f"{CHAPTERS[found.chapter]}, {school_year(year)} учебный год",
        "badge": presenters.badge(now.state) if now else None,
        "evidence": presenters.evidence(now, request.user) if now else (),
        "facts": [
            Fact("Кто", declared.who),
            Fact("До какого дня", rudate(now.due_on) if now and now.due_on else "в течение учебного года"),
            Fact("Что это", "право" if found.is_may else "обязанность"),
            *([Fact("Не применяется", exemption.reason, exemption.decided_by.person.short_name)] if exemption else []),
        ],
        "past": [(row.counted_at, presenters.badge(row.state)) for row in rows],
        "doubts": presenters.doubts(request.user, about(code)),
        "exempt_url": reverse("reports:clause_exempt", args=[year, code]) if settles and not exemption else "",
        "apply_url": reverse("reports:clause_apply", args=[year, code]) if settles and exemption else "",
        "crumbs": presenters.crumbs(Crumb(f"п. {code}")),
    }
    return render(request, "reports/compliance/clause.html", context)


@require_http_methods(["GET", "POST"])
def exempt(request: UserRequest, year: int, code: str) -> HttpResponseBase:
    """Say that the clause is not applied in the school in this year."""
    require(request.user, Right.COMPLIANCE_SETTLE)
    found = _clause(code, year)
    form = ExemptForm(request.POST or None)
    to = reverse("reports:clause", args=[year, code])
    if form.is_valid() and act_with_form(
        form, lambda: acts.exempt(code, year, by=request.user, **form.cleaned_data), request
    ):
        messages.success(request, "Решение записано")
        return redirect(to)
    context = {
        "form": form,
        "heading": f"Пункт {code} не применяется",
        "lead": found.text,
        "submit": "Записать решение",
        "consequences": [
            "Пункт останется в списке с Вашим именем и причиной.",
            "Он не будет считаться исполненным.",
            "Решение действует один учебный год; его можно снять.",
        ],
        "cancel_url": to,
        "crumbs": presenters.crumbs(Crumb(f"п. {code}", to), Crumb("Не применяется")),
    }
    return render(request, "confirm.html", context)


@require_POST
def apply_again(request: UserRequest, year: int, code: str) -> HttpResponseBase:
    """Take the decision back."""
    require(request.user, Right.COMPLIANCE_SETTLE)
    _clause(code, year)
    kept = ClauseExemption.objects.visible_to(request.user).filter(clause=code, year=year).order_by("-pk").first()
    if kept is None:
        raise Http404("Такого решения нет")
    return act_and_redirect(
        request,
        lambda: acts.apply_again(kept, by=request.user),
        success="Пункт снова применяется",
        to=reverse("reports:clause", args=[year, code]),
    )


@require_GET
def frameworks(request: UserRequest) -> HttpResponseBase:
    """Other laws on the same evidence."""
    require(request.user, Right.COMPLIANCE_SEE)
    year, day = year_of(request.GET), day_of(request.GET)
    context = {
        "parts": [(one.title, presenters.requirements(one, year, day, request.user)) for one in FRAMEWORKS],
        "lead": f"{school_year(year)} учебный год. {presenters.summary(year, day).said}",
        "crumbs": presenters.crumbs(Crumb("Другие законы")),
    }
    return render(request, "reports/compliance/frameworks.html", context)


@require_GET
def contradictions(request: UserRequest) -> HttpResponseBase:
    """Where the text contradicts itself, and how the school has settled it."""
    require(request.user, Right.COMPLIANCE_SEE)
    context = {
        "doubts": presenters.doubts(request.user),
        "settles": request.user.can(Right.COMPLIANCE_SETTLE),
        "crumbs": presenters.crumbs(Crumb("Противоречия текста")),
    }
    return render(request, "reports/compliance/contradictions.html", context)


@require_http_methods(["GET", "POST"])
def contradiction(request: UserRequest, code: str) -> HttpResponseBase:
    """Write down how the school has settled a contradiction."""
    require(request.user, Right.COMPLIANCE_SETTLE)
    one = next((one for one in CONTRADICTIONS if one.code == code and not one.act), None)
    if one is None:
        raise Http404("Такого противоречия нет")
    kept = TextAnswer.objects.visible_to(request.user).filter(code=code).first()
    initial = {"words": kept.words} if kept else {"words": one.reading}
    form = SettleForm(request.POST or None, initial=initial, version=kept.version if kept else 1)
    to = reverse("reports:contradictions")
    if form.is_valid() and act_with_form(form, lambda: acts.settle(one, by=request.user, **form.cleaned_data), request):
        messages.success(request, "Решение школы записано")
        return redirect(to)
    context = {
        "form": form,
        "heading": "Как решила школа",
        "lead": one.words,
        "facts": [Fact("Пункты", ", ".join(one.clauses)), Fact("Как читает система", one.reading)],
        "cancel_url": to,
        "crumbs": presenters.crumbs(Crumb("Противоречия текста", to), Crumb("Решение школы")),
    }
    return render(request, "form.html", context)
