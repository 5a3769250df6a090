"""Pages of replacing a mentor: begin, correct, bring the former mentor back early (п. 4.1, 5.1)."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import ruday
from mentoring_site.told import by_letter
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.changes.forms import DayForm
from programs.changes.petitions.models import Petition
from programs.changes.presenters import crumbs
from programs.changes.replacement import acts
from programs.changes.replacement.forms import ReplacementForm
from programs.changes.replacement.models import Replacement
from programs.changes.views import begin, get_change, get_pairing, pairing_form
from programs.pairings.acts import pairing_title
from programs.pairings.choice_presenters import fit_card
from programs.pairings.models import Pairing
from programs.pairings.successors import successors

GROUNDS: dict[str, str] = {
    Petition.Kind.REPLACE: Replacement.Ground.PETITION,
    Petition.Kind.RELIEVE: Replacement.Ground.REFUSAL,
}
"""The ground of a replacement that a petition asks for."""


def _answered(request: UserRequest, pairing: Pairing) -> Petition | None:
    """Return the open or granted petition that a replacement is begun from, if the user may read it."""
    text = request.GET.get("petition", "")
    pk = int(text) if text.isdecimal() and len(text) < 16 else 0
    answers = Q(state=Petition.State.FILED) | Q(state=Petition.State.ACCEPTED, change_asked=True)
    return Petition.objects.visible_to(request.user).filter(answers, pk=pk, pairing=pairing).first()


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin to replace a mentor, of one's own accord or from a petition."""
    pairing = get_pairing(request, pk)
    require(request.user, Right.PROGRAMS_CHANGE)
    petition = _answered(request, pairing)
    initial: dict[str, object] = {"since": timezone.localdate()}
    if petition:
        initial |= {"ground": GROUNDS[petition.kind], "paper_on": petition.filed_on}
    ready = successors(request.user, pairing)
    if ready:
        initial["candidate"] = ready[0].fit.mentor.pk
    form = ReplacementForm(request.POST or None, pairing=pairing, initial=initial)
    hint = "Замену введёт приказ директора; до него можно передумать. Программа сохранится, её поведёт новый наставник."

    def act():
        key = form.cleaned_data["request_key"]
        return acts.propose(pairing, by=request.user, petition=petition, request_key=key, **form.values())

    return begin(
        request,
        form,
        act,
        pairing_form(pairing, "Заменить наставника", submit="Подготовить замену", hint=hint)
        | {"ready": [(fit_card(one.fit, ""), one.kept) for one in ready]},
        "Замена готовится. Чего не хватает до приказа, сказано ниже",
        template="programs/changes/replacement/begin.html",
        under_way=Replacement.objects.visible_to(request.user).filter(
            pairing=pairing, state__in=Replacement.OPEN_STATES
        ),
    )


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Correct a replacement that is being prepared."""
    change = get_change(request, Replacement, pk)
    require(request.user, Right.PROGRAMS_CHANGE)
    if change.state != Replacement.State.PROPOSED:
        messages.info(request, "Замена уже передана на приказ или отменена: правка закрыта")
        return redirect(change)
    form = ReplacementForm(request.POST or None, pairing=change.pairing, change=change)

    def act():
        return acts.edit(change, by=request.user, version=form.cleaned_data["version"], **form.values())

    if form.is_valid() and save_edit(request, form, act, "Сохранено", obj=change):
        return redirect(change)
    page = {"form": form, "heading": "Замена наставника", "lead": pairing_title(change.pairing)}
    page |= {"cancel_url": change.get_absolute_url(), "crumbs": crumbs(change, "Правка")}
    return render(request, "form.html", page)


@require_http_methods(["GET", "POST"])
def bring_back(request: UserRequest, pk: int) -> HttpResponseBase:
    """The former mentor comes back earlier than planned."""
    change = get_change(request, Replacement, pk)
    require(request.user, Right.PROGRAMS_CHANGE)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        return act_and_redirect(
            request,
            lambda: acts.bring_back(change, by=request.user, on=on),
            success=f"Записано: прежний наставник возвращается {ruday(on)}",
            to=change,
        )
    if not change.lasts:
        messages.info(request, "Возвращать некого: временная замена не идёт")
        return redirect(change)
    consequences = [
        f"С указанного дня пару снова ведёт {change.former.person.full_name}: об этом сказано в приказе о временной"
        " замене.",
        f"{change.candidate.person.full_name} сможет читать записи своего времени.",
        by_letter("Участники получат письма."),
    ]
    page = {"heading": "Прежний наставник вернулся?", "lead": pairing_title(change.pairing), "form": form}
    page |= {"consequences": consequences, "submit": "Записать возвращение", "cancel_url": change.get_absolute_url()}
    return render(request, "confirm.html", page | {"crumbs": crumbs(change, "Возвращение")})
