"""Pages of the union's opinions: the list, one, asked for a draft, the answer (ТК 372)."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history, undo
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Action, Crumb
from people.accounts.requests import UserRequest
from people.rights import Right
from reports.opinions import acts, presenters
from reports.opinions.forms import AnswerForm, AskForm
from reports.opinions.list_page import OPINIONS
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order

DRAFTS = (Order.State.DRAFT, Order.State.AGREED)


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of opinions."""
    return [Crumb(OPINIONS.title, reverse("reports:opinions")), *more]


@require_GET
def opinions(request: UserRequest) -> HttpResponseBase:
    """What the union was asked and what it answered; the same list as XLSX."""
    require(request.user, Right.ORDERS_SEE_ALL)
    new_url = reverse("reports:opinion_new") if request.user.can(Right.ORDERS_DRAFT) else ""
    return OPINIONS.answer(request, UnionOpinion.objects.visible_to(request.user), new_url=new_url)


def _opinion(request: UserRequest, pk: int) -> UnionOpinion:
    found = UnionOpinion.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("organ", "asked_by__person", "paper"), pk=pk)


@require_GET
def opinion(request: UserRequest, pk: int) -> HttpResponseBase:
    """One opinion: the draft, the term, the answer, or that there is none in the term."""
    found, user = _opinion(request, pk), request.user
    url = reverse("reports:opinion_answer", args=[pk])
    acts_of = [Action("answer", "Записать ответ", url, primary=True)] if _may_answer(found, user) else []
    context = {
        "title": str(found),
        "badge": presenters.badge(found),
        "facts": presenters.facts(found, user),
        "notes": presenters.notes(found),
        "actions": acts_of,
        "crumbs": crumbs(Crumb(found.title)),
        "entries": history.entries([found]),
    }
    return render(request, "reports/opinions/opinion.html", context)


def _may_answer(found: UnionOpinion, user) -> bool:
    return not found.answer and user.can(Right.ORDERS_DRAFT)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Record that a draft was sent to the union."""
    require(request.user, Right.ORDERS_DRAFT, act="спросить мнение профсоюза")
    drafts = Order.objects.visible_to(request.user).filter(state__in=DRAFTS).order_by("-pk")
    asked = request.GET.get("order", "")
    order = drafts.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 12 else None
    form = AskForm(request.POST or None, orders=drafts, order=order)
    if form.is_valid() and (made := act_with_form(form, lambda: acts.ask(by=request.user, **form.cleaned_data))):
        undo.say(request, "Записано. Срок ответа посчитан по рабочим дням", made, "ask")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Спросить мнение профсоюза",
        "lead": "О проекте локального акта, где закон требует учесть мнение представительного органа работников.",
        "submit": "Записать запрос",
        "cancel_url": reverse("reports:opinions"),
        "crumbs": crumbs(Crumb("Новый запрос")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, pk: int) -> HttpResponseBase:
    """Record what the union answered, with its paper."""
    found = _opinion(request, pk)
    require(request.user, Right.ORDERS_DRAFT, act="записать мнение профсоюза")
    form = AnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (done := act_with_form(form, lambda: _answered(found, form, request.user), request)):
        if isinstance(done, UnionOpinion):
            undo.say(request, "Ответ профсоюза записан", done, "answer")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Ответ профсоюза",
        "lead": found.title,
        "submit": "Записать ответ",
        "multipart": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(Crumb(found.title, found.get_absolute_url()), Crumb("Ответ")),
    }
    return render(request, "form.html", context)


def _answered(found: UnionOpinion, form: AnswerForm, user) -> UnionOpinion:
    data = form.cleaned_data
    with stored_upload(data["paper"], by=user) as paper:
        values = {name: data[name] for name in ("answer", "answered_on", "words")}
        return acts.answer(found, by=user, paper=paper, **values)


@require_GET
def paper(request: UserRequest, pk: int) -> HttpResponseBase:
    """The scan of an opinion."""
    found = _opinion(request, pk)
    if found.paper is None:
        raise Http404
    return serve(found.paper, inline=True)
