"""Pages of petitions in confidence: file, read, decide (п. 4.1, 5.1)."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.ui.elements import Badge, Fact
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.rights import Right
from programs.changes.petitions import acts, presenters
from programs.changes.petitions.forms import AnswerForm, PetitionForm
from programs.changes.petitions.models import Petition
from programs.changes.petitions.rules import DECIDERS
from programs.changes.views import begin, get_pairing, pairing_form
from programs.pairings.acts import pairing_title
from programs.pairings.models import Participation
from programs.pairings.presenters import crumbs

HINT = f"Решает {DECIDERS}; ответ будет здесь."
REFUSAL_HINT = (
    " Досрочный отказ от поручения по статье 351.8 ТК РФ — отдельное уведомление, согласия школы он не требует."
)
OWN: dict[str, tuple[str, str]] = {
    Participation.Part.MENTEE: ("Попросить о замене наставника", "Подать ходатайство"),
    Participation.Part.MENTOR: ("Попросить о сложении обязанностей наставника", "Подать заявление"),
}
"""Heading and button of one's own petition."""


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int, reason: str = "") -> HttpResponseBase:
    """File a petition, or record somebody's paper; ``reason`` is what a higher page has filled in."""
    pairing = get_pairing(request, pk)
    mine = next((p for p in pairing.people if p.person_id == request.user.person_id and p.until is None), None)
    require(request.user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=mine is not None, also="участник пары")
    form = PetitionForm(
        request.POST or None,
        initial={"reason": reason},
        sides=None if mine else pairing.participations.live().select_related("person"),
    )
    heading, submit = OWN[mine.part] if mine else (presenters.FROM_PAPER, "Записать ходатайство")
    hint = HINT + REFUSAL_HINT if mine and mine.part == Participation.Part.MENTOR else HINT

    def act():
        data = form.cleaned_data
        return acts.file(
            mine or data["participation"],
            by=request.user,
            reason=data["reason"],
            filed_on=data.get("filed_on"),
            request_key=data["request_key"],
        )

    own = Petition.objects.visible_to(request.user).filter(participation=mine) if mine else Petition.objects.none()
    page = pairing_form(pairing, heading, submit=submit, hint=hint)
    under_way = own.filter(state=Petition.State.FILED)
    return begin(request, form, act, page, f"Подано. {Promise.PETITION.sentence}", under_way=under_way)


def _get_petition(request: UserRequest, pk: int) -> Petition:
    found = Petition.objects.visible_to(request.user)
    return get_object_or_404(found.with_requirements(), pk=pk)


@require_GET
def petition(request: UserRequest, pk: int) -> HttpResponseBase:
    """One petition: for whoever filed it and for those who decide."""
    found = _get_petition(request, pk)
    pairing, heading = get_pairing(request, found.pairing_id), found.get_kind_display().capitalize()
    return render(
        request,
        "programs/changes/petitions/petition.html",
        {
            "heading": heading,
            "crumbs": crumbs(pairing, heading),
            "place": pairing_title(pairing),
            "place_url": found.pairing.get_absolute_url(),
            "badge": Badge(found.get_state_display(), "others" if found.state == Petition.State.FILED else "done"),
            "facts": presenters.facts(found),
            "next": presenters.what_next(found),
            "readers": Promise.PETITION.readers,
            "actions": presenters.actions(found, request.user),
            "entries": history.entries([found]),
        },
    )


DECISIONS = {
    "accept": ("Как решено?", "Записать решение", "Просьба будет отмечена удовлетворённой.", "Решение записано"),
    "decline": (
        "Отклонить ходатайство?",
        "Отклонить",
        "Ничего не изменится; подать новое ходатайство можно.",
        "Ходатайство отклонено",
    ),
    "withdraw": ("Отозвать ходатайство?", "Отозвать", "Решать его больше не будут.", "Ходатайство отозвано"),
}
"""Heading, button, consequence and success of each step, by the name of its transition."""


@require_http_methods(["GET", "POST"])
def decide(request: UserRequest, pk: int, verb: str) -> HttpResponseBase:
    """Decide a petition with words, or withdraw one's own."""
    found = _get_petition(request, pk)
    Petition.WORKFLOW[verb].require(found, request.user)
    heading, submit, effect, success = DECISIONS[verb]
    form = None if verb == "withdraw" else AnswerForm(request.POST or None, about_director=found.about_director)
    if request.method == "POST" and (form is None or form.is_valid()):
        words = form.cleaned_data if form else {}
        act = lambda: getattr(acts, verb)(found, by=request.user, **words)  # noqa: E731
        return act_and_redirect(request, act, success=success, to=found)
    person = found.participation.person.short_name
    return render(
        request,
        "confirm.html",
        {
            "heading": heading,
            "lead": f"{found.get_kind_display().capitalize()}, {person}",
            "form": form,
            "submit": submit,
            "consequences": [effect, f"{person}: ответ появится на странице ходатайства."] if form else [effect],
            "danger": verb == "decline",
            "cancel_url": found.get_absolute_url(),
            "crumbs": crumbs(get_pairing(request, found.pairing_id), submit),
            "facts": [Fact("Почему", found.reason)],
        },
    )
