"""Pages of requests: the list, one request, filing, deciding, reminding, a declared interest."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from mentoring_site import history, undo
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.ui.list_page import page_of
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.roles.letterhead import file_name, pdf_response
from programs.changes.petitions.models import Petition
from programs.pairings.models import Pairing
from programs.program import presenters as program_presenters
from programs.program.views import get_program_head
from programs.requests import acts, filing, presenters, registry
from programs.requests.deciding import decides, kind_of, moves
from programs.requests.forms import InterestForm, form_of
from programs.requests.kinds.base import RequestKind
from programs.requests.list_page import REQUESTS
from programs.requests.models import Request
from programs.requests.subjects import Subject, find, of_pairing, of_program


@require_safe
def requests(request: UserRequest) -> HttpResponseBase:
    """All requests that the user may know of; open petitions stand above them."""
    mine = request.user.person.participations.engaged().values("pairing")
    places = Pairing.objects.visible_to(request.user).filter(pk__in=mine).with_people().order_by("pk")
    return REQUESTS.answer(
        request,
        Request.objects.visible_to(request.user),
        offers=[
            (of_pairing(pairing).words, reverse("programs:pairing_requests", args=[pairing.pk])) for pairing in places
        ],
        petitions=open_petitions(request),
    )


def open_petitions(request: UserRequest) -> list[Petition]:
    """Return the petitions that wait: they have a workflow of their own (changes/petitions), the order follows them."""
    found = Petition.objects.visible_to(request.user).filter(state=Petition.State.FILED)
    return list(found.select_related("participation__person").order_by("filed_on", "pk")[:20])


def _get(request: UserRequest, pk: int) -> Request:
    found = Request.objects.visible_to(request.user).with_requirements().with_openness(request.user)
    return get_object_or_404(found, pk=pk)


@require_GET
def page(request: UserRequest, pk: int) -> HttpResponseBase:
    """One request: for whoever reads it, and for whoever only sees that there is one."""
    found, user = _get(request, pk), request.user
    where, where_url = presenters.place(found, user)
    return render(
        request,
        kind_of(found).template,
        {
            "asked": found,
            "heading": found.title,
            "crumbs": presenters.crumbs(found),
            "place": where,
            "place_url": where_url,
            "badge": presenters.badge(found, user),
            "facts": presenters.facts(found, user),
            "closed": "" if found.is_open else presenters.closed_words(found),
            "readers": kind_of(found).route(found.route).promise.readers,
            "actions": presenters.actions(found, user),
            "remind_url": presenters.remind_url(found, user),
            "entries": history.entries([found], user=user),
            **(kind_of(found).context(found, user) if found.is_open else {}),
        },
    )


def _kind(code: str) -> RequestKind:
    """Return the kind of that code. Raises ``Http404``."""
    if code not in registry.kinds():
        raise Http404
    return registry.kind(code)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, code: str, pk: int) -> HttpResponseBase:
    """File a request of a kind about a thing, or record somebody's paper."""
    kind = _kind(code)
    subject = find(request.user, kind.about, pk)
    if not filing.may_file(kind, subject, request.user):
        raise NotAllowed(f"«{kind.offer}» может {filing.filers_words(kind)}")
    if closed := filing.closed(kind, subject):
        messages.info(request, closed)
        return redirect(subject.url)
    initial = kind.initial(subject, request.user, request.GET.get("from", ""))
    form = form_of(kind.form)(
        request.POST or None, kind=kind, subject=subject, user=request.user, initial=initial or None
    )
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: acts.file(kind, subject, by=request.user, **form.values()), request)
        if made is True:
            return redirect(subject.url)
        if made:
            if Request.objects.visible_to(request.user).filter(pk=made.pk).exists():
                undo.say(request, kind.filed, made, "file")
                return redirect(made)
            messages.success(request, kind.filed)  # of such a kind whoever records a paper does not open it afterwards
            return redirect(subject.url)
    own = filing.files_oneself(kind, subject, request.user)
    return render(
        request,
        "form.html",
        {
            "heading": kind.offer if own else f"Записать с бумаги: {kind.name}",
            "lead": subject.words,
            "form": form,
            "submit": kind.submit if own else "Записать",
            "hint": kind.lead,
            "cancel_url": subject.url,
            "crumbs": subject.crumbs(kind.offer),
        },
    )


@require_http_methods(["GET", "POST"])
def step(request: UserRequest, pk: int, verb: str) -> HttpResponseBase:
    """Decide a request with words, end what was granted, or take one's own back."""
    found = _get(request, pk)
    kind, table = kind_of(found), found.WORKFLOW.transitions
    if verb not in (*kind.steps, "withdraw") or verb not in table:
        raise Http404
    table[verb].require(found, request.user)
    if verb == "withdraw":
        return _withdraw(request, found)
    said = kind.steps[verb]
    by_word = verb != "close" and not decides(found, request.user)
    form = form_of(kind.decision_form)(
        request.POST if request.method == "POST" else None, asked=found, verb=verb, by_word=by_word, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        done = act_with_form(form, lambda: _take(found, verb, request, form.values()), request)
        if done:
            if done is not True:
                undo.say(request, said.success, found, verb)
            return redirect(found)
    return render(
        request,
        "confirm.html",
        {
            "heading": said.heading,
            "lead": f"{found.title}: {found.author.short_name}",
            "form": form if form.fields else None,
            "submit": said.label,
            "consequences": list(said.effects),
            "danger": verb == "decline",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, said.label),
            "facts": presenters.facts(found, request.user),
        },
    )


def _take(found: Request, verb: str, request: UserRequest, values: dict[str, Any]) -> Request:
    if verb == "close":
        return acts.close(found, by=request.user, **values)
    return acts.decide(found, verb, by=request.user, **values)


def _withdraw(request: UserRequest, found: Request) -> HttpResponseBase:
    if request.method == "POST":
        return act_and_redirect(request, lambda: acts.withdraw(found, by=request.user), success="Отозвано", to=found)
    return render(
        request,
        "confirm.html",
        {
            "heading": "Отозвать?",
            "lead": found.title,
            "form": None,
            "submit": "Отозвать",
            "consequences": ["Отвечать на неё больше не будут. Подать новую можно."],
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Отозвать"),
        },
    )


@require_POST
def remind(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write a reminder to those who decide."""
    found = _get(request, pk)
    return act_and_redirect(
        request, lambda: acts.remind(found, by=request.user), success="Напоминание отправлено", to=found
    )


@require_http_methods(["GET", "POST"])
def interest(request: UserRequest, pk: int) -> HttpResponseBase:
    """Declare that one is a relative of somebody whom the request concerns: the next decides."""
    found = _get(request, pk)
    if not moves(found, request.user):
        raise NotAllowed("О заинтересованности заявляет тот, кто решает")
    people = acts.people_of(found)
    form = InterestForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        about = next(p for p in people if p.pk == form.cleaned_data["about"])
        reason = form.cleaned_data["reason"]
        if act_with_form(form, lambda: acts.declare_interest(found, by=request.user, about=about, reason=reason)):
            messages.success(request, "Записано. Решать будет следующий по порядку")
            return redirect("programs:requests")
    return render(
        request,
        "confirm.html",
        {
            "heading": "Заявить о личной заинтересованности?",
            "lead": found.title,
            "form": form,
            "submit": "Заявить",
            "consequences": [
                "Эту просьбу и другие просьбы этого человека будет решать следующий по порядку:"
                " куратор, директор, председатель методического совета."
            ],
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Заинтересованность"),
        },
    )


@require_GET
def paper(request: UserRequest, pk: int) -> HttpResponseBase:
    """The paper of a request that was granted, for the kinds that have one."""
    found = _get(request, pk)
    kind = kind_of(found)
    if not kind.paper or not found.is_open or found.decided_at is None:
        raise Http404
    name = file_name(f"{found.pk}", found.title)
    return pdf_response(request, kind.paper, kind.paper_facts(found), name=name, back=found.get_absolute_url())


@require_GET
def program_requests(request: UserRequest, pk: int) -> HttpResponseBase:
    """The tab of a program: what was asked and proposed in it, what may be."""
    program = get_program_head(request, pk)
    return render(
        request,
        "programs/requests/program_requests.html",
        program_presenters.head(program, request.user, "programs:program_requests")
        | _here(request, of_program(program), ("pairing", "program")),
    )


@require_GET
def pairing_requests(request: UserRequest, pk: int) -> HttpResponseBase:
    """The same of a pair that has no program yet, or whose request is about the pair."""
    subject = find(request.user, "pairing", pk)
    return render(
        request,
        "programs/requests/pairing_requests.html",
        {"place": subject.words, "place_url": subject.thing.get_absolute_url(), "crumbs": subject.crumbs("Просьбы")}
        | _here(request, subject, ("pairing",)),
    )


def _here(request: UserRequest, subject: Subject, about: tuple[str, ...]) -> dict[str, Any]:
    visible = Request.objects.visible_to(request.user).filter(pairing=subject.pairing).with_requirements()
    page = page_of(visible.order_by("-filed_on", "-pk"), request)
    return {
        "offers": presenters.offers(subject, about, request.user),
        "rows": [presenters.row(one, request.user) for one in page["page_obj"]],
        **page,
    }
