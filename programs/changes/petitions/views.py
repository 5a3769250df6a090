"""Pages of replacing a mentor, of ending a pair, and of petitions (п. 4.1, 5.1, 7.1)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history as mentoring_site_history
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.russian import ruday
from people.rights import Right
from programs.changes.petitions import acts as petition_acts
from programs.changes.petitions.forms import AnswerForm, PetitionForm
from programs.changes.petitions.models import Petition
from programs.changes.views import begin
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.pairings.presenters import crumbs
from programs.program.presenters import button
from programs.program.views import need


def _pairing(request, pk) -> Pairing:
    return get_object_or_404(Pairing.objects.visible_to(request.user).with_requirements(), pk=pk)


def _frame(pairing, heading, **more) -> dict:
    return {
        "heading": heading,
        "lead": pairing_title(pairing),
        "cancel_url": pairing.get_absolute_url(),
        "crumbs": crumbs(pairing, heading),
    } | more


# --- petitions -------------------------------------------------------------------------------------------------------

ASKS = {
    "mentee": ("Попросить о замене наставника", "Подать ходатайство"),
    "mentor": ("Попросить о сложении обязанностей наставника", "Подать заявление"),
}


@require_http_methods(["GET", "POST"])
def petition_new(request, pk):
    """Hand in a petition, or record somebody's paper."""
    pairing = _pairing(request, pk)
    mine = next((p for p in pairing.people if p.person_id == request.user.person_id and p.until is None), None)
    curator = request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    if mine is None and not curator:
        raise PermissionDenied("Просить могут участники пары, с бумаги записывает куратор")
    sides = None if mine else pairing.participations.live().select_related("person")
    form = PetitionForm(request.POST or None, sides=sides)
    heading, submit = ASKS[mine.part] if mine else ("Записать ходатайство с бумаги", "Записать ходатайство")
    hint = "Решает куратор вместе с директором; ответ придёт письмом и будет здесь."
    if mine and mine.part == "mentor":
        hint += (
            " Досрочный отказ от поручения по статье 351.8 ТК РФ — отдельное уведомление, согласия школы он не требует."
        )
    page = _frame(pairing, heading, submit=submit, hint=hint)

    def act():
        data = form.cleaned_data
        return petition_acts.file(
            mine or data["participation"],
            by=request.user,
            reason=data["reason"],
            filed_on=data.get("filed_on"),
            request_key=data["request_key"],
        )

    going = Petition.objects.filter(participation=mine, state="filed") if mine else Petition.objects.none()
    return begin(request, form, act, page, "Подано. Прочтут куратор и директор", going=going)


def _petition(request, pk) -> Petition:
    found = Petition.objects.visible_to(request.user).select_related(
        "participation__person", "pairing", "decided_by__person"
    )
    return get_object_or_404(found, pk=pk)


@require_GET
def petition(request, pk):
    """One petition: for whoever filed it, the curator and the director."""
    found = _petition(request, pk)
    pairing, heading = _pairing(request, found.pairing_id), found.get_kind_display().capitalize()
    decided = f"{ruday(found.decided_at)}, {found.decided_by.person.short_name}" if found.decided_at else ""
    rows = [
        ("Кто", found.participation.person.full_name),
        ("Дата", ruday(found.filed_on)),
        ("Как подано", "на бумаге" if found.on_paper else "в системе"),
        ("Почему", found.reason),
        ("Решение", found.answer),
        ("Решено", decided),
    ]
    return render(
        request,
        "programs/changes/petition.html",
        {
            "heading": heading,
            "crumbs": crumbs(pairing, heading),
            "place": pairing_title(pairing),
            "place_url": found.pairing.get_absolute_url(),
            "badge": {"word": found.get_state_display(), "tone": "others" if found.state == "filed" else "done"},
            "facts": [{"label": label, "value": value} for label, value in rows if value],
            "actions": _petition_acts(found, request.user),
            "entries": mentoring_site_history.entries([found]),
        },
    )


def _petition_acts(found, user) -> list[dict]:
    if found.state != "filed":
        return []

    def at(verb):
        return reverse(f"programs:petition_{verb}", args=[found.pk])

    acts_found = []
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        replace = f"{reverse('programs:replacement_new', args=[found.pairing_id])}?petition={found.pk}"
        acts_found.append(button("replace", "Заменить наставника", replace, primary=True))
        running = found.pairing.programs.filter(state="running").first()
        end = (
            reverse("programs:completion_new", args=[running.pk])
            if running
            else reverse("programs:dissolution_new", args=[found.pairing_id])
        )
        acts_found.append(button("end", "Завершить программу" if running else "Прекратить закрепление", end))
        acts_found.append(button("accept", "Решено иначе", at("accept")))
        acts_found.append(button("decline", "Отклонить", at("decline")) | {"danger": True})
    if found.participation.person_id == user.person_id:
        acts_found.append(button("withdraw", "Отозвать", at("withdraw")))
    return acts_found


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


@require_http_methods(["GET", "POST"])
def petition_decide(request, pk, verb):
    """Decide a petition with words, or take one's own back."""
    found = _petition(request, pk)
    need(Petition.WORKFLOW[verb].allows(found, request.user), "Решает куратор; отзывает тот, кто подал")
    heading, submit, effect, success = DECISIONS[verb]
    form = None if verb == "withdraw" else AnswerForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        words = {"answer": form.cleaned_data["answer"]} if form else {}
        return act_and_redirect(
            request, lambda: getattr(petition_acts, verb)(found, by=request.user, **words), success=success, to=found
        )
    person = found.participation.person.short_name
    lines = [effect] + ([f"{person}: ответ придёт письмом."] if form else [])
    page = {
        "heading": heading,
        "lead": f"{found.get_kind_display().capitalize()}, {person}",
        "form": form,
        "submit": submit,
    }
    page |= {"consequences": lines, "danger": verb == "decline", "cancel_url": found.get_absolute_url()}
    crumb = crumbs(_pairing(request, found.pairing_id), submit)
    return render(
        request, "confirm.html", page | {"crumbs": crumb, "facts": [{"label": "Почему", "value": found.reason}]}
    )
