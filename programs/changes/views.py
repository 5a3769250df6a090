"""Pages of changes: the tab of a programme, one change and its acts, suspension, resumption (п. 7.2)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import ruday
from people.rights import Right
from programs.changes import acts, presenters
from programs.changes.amendment.acts import may_amend
from programs.changes.amendment.models import Amendment
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.models import Pause, Resumption
from programs.changes.petitions.models import Petition
from programs.changes.replacement.models import Replacement
from programs.program import presenters as program_presenters
from programs.program.presenters import button
from programs.program.views import get_program_head

CURATOR_ONLY = "Это готовит куратор"


@require_GET
def overview(request, pk):
    """What has been changed in a programme and its pair, what is on its way, what can be begun."""
    program = get_program_head(request, pk)
    user = request.user
    found = [
        *Amendment.objects.visible_to(user).filter(program=program),
        *Replacement.objects.visible_to(user)
        .filter(pairing=program.pairing_id)
        .select_related("former__person", "candidate__person"),
        *Pause.objects.visible_to(user).filter(program=program),
        *Resumption.objects.visible_to(user).filter(pause__program=program),
    ]
    petitions = (
        Petition.objects.visible_to(user).filter(pairing=program.pairing_id).select_related("participation__person")
    )
    pause = pause_acts.of_program(program)
    going = {type(c) for c in found if c.state in OPEN}
    going |= {Petition for p in petitions if p.state == "filed" and p.participation.person_id == user.person_id}
    return render(
        request,
        "programs/changes/program_changes.html",
        program_presenters.head(program, user, "programs:program_changes")
        | {
            "actions": _offers(program, user, pause, going),
            "rows": [_row(c) for c in sorted(found, key=lambda c: c.created_at, reverse=True)],
            "petitions": [_petition(p) for p in petitions],
            "offer": _offer(program, user),
        },
    )


def _row(change) -> dict:
    return {
        "url": change.get_absolute_url(),
        "name": change._meta.verbose_name.capitalize(),
        "words": presenters.words_of(change),
        "order": change.order_number and f"приказ №\u00a0{change.order_number}",
        "badge": {"word": change.get_state_display(), "tone": presenters.TONES[change.state]},
    }


def _petition(p) -> dict:
    tones = {"filed": "you", "accepted": "done", "declined": "stopped", "withdrawn": "stopped"}
    return {
        "url": p.get_absolute_url(),
        "name": p.get_kind_display().capitalize(),
        "words": f"{p.participation.person.short_name}, {ruday(p.filed_on)}",
        "order": "",
        "badge": {"word": p.get_state_display(), "tone": tones[p.state]},
    }


def _offers(program, user, pause, going) -> list[dict]:
    """The acts that can be begun here, by state and by right; what is ``going`` already stands in the list below."""
    mine = program_presenters.takes_part(program, user)
    curator = user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    found = []
    if program.state in ("approved", "running") and may_amend(program, user) and Amendment not in going:
        found.append(button("amend", "Продлить или изменить", reverse("programs:amendment_new", args=[program.pk])))
    if program.pairing.state == "assigned" and curator and Replacement not in going:
        found.append(
            button("replace", "Заменить наставника", reverse("programs:replacement_new", args=[program.pairing_id]))
        )
    if program.state == "running" and curator and pause is None and Pause not in going:
        found.append(button("pause", "Приостановить", reverse("programs:pause_new", args=[program.pk])))
    if pause is not None and curator and Resumption not in going:
        found.append(button("resume", "Возобновить", reverse("programs:resume_new", args=[pause.pk]), primary=True))
    if program.pairing.state == "assigned" and ((mine and Petition not in going) or curator):
        label = {"mentee": "Попросить о замене наставника", "mentor": "Попросить о сложении обязанностей"}
        word = label[mine.part] if mine else "Записать ходатайство с бумаги"
        found.append(button("petition", word, reverse("programs:petition_new", args=[program.pairing_id])))
    return found


def _offer(program, user) -> dict:
    """After a suspension: the days that were lost may be given back by an amendment (п. 7.2)."""
    if program.state != "running" or not may_amend(program, user):
        return {}
    days = pause_acts.owed_days(program)
    if not days:
        return {}
    url = f"{reverse('programs:amendment_new', args=[program.pk])}?days={days}"
    return {
        "text": (
            f"Программа стояла {presenters.days_words(days)}. Срок можно продлить на столько же по обоюдному согласию"
            " (п. 7.2)."
        ),
        "url": url,
    }


def known(request, what, pk):
    """Return a change that the user may see, with what its page reads; a foreign one looks like an absent one."""
    if what not in presenters.SORTS:
        raise Http404
    return get_object_or_404(presenters.SORTS[what].objects.visible_to(request.user).with_requirements(), pk=pk)


@require_GET
def change(request, what, pk):
    """One change: what it does, what is missing, whose move it is."""
    return render(request, "programs/changes/change.html", presenters.context(known(request, what, pk), request.user))


QUESTIONS = {
    "ready": (
        "Передать на приказ?",
        "Передать на приказ",
        ["Правка закроется.", "В силу всё вступит после регистрации подписанного приказа."],
        "Передано на приказ",
    ),
    "reopen": (
        "Вернуть к правке?",
        "Вернуть к правке",
        ["Снова можно будет исправить.", "На приказ передают заново."],
        "Возвращено к правке",
    ),
    "withdraw": (
        "Отменить?",
        "Отменить",
        ["Ничего не изменится: всё останется, как сейчас.", "Запись сохранится в истории."],
        "Отменено",
    ),
}
EFFECTS = {
    "amendment": "После приказа изменятся срок и план программы; прежняя редакция сохранится.",
    "replacement": "После приказа программу поведёт новый наставник; прежний сможет читать записи своего времени.",
    "pause": "После приказа мероприятия на это время не будут считаться просроченными.",
    "resumption": "После приказа программа пойдёт дальше с указанного дня.",
    "dissolution": "После приказа пара завершится, проект её программы будет снят, участники освободятся.",
}


@require_http_methods(["GET", "POST"])
def decide(request, what, pk, verb):
    """A question and one of the acts of the curator: hand over, take back, call off."""
    found = known(request, what, pk)
    heading, submit, consequences, success = QUESTIONS[verb]
    if not found.WORKFLOW[verb].allows(found, request.user):
        raise PermissionDenied(CURATOR_ONLY)
    if request.method == "POST":
        return act_and_redirect(request, lambda: getattr(acts, verb)(found, by=request.user), success=success, to=found)
    page = presenters.context(found, request.user)
    if not any(a["verb"] == verb and a["enabled"] for a in page["actions"]):
        messages.info(request, f"«{submit}»: сейчас это не нужно или чего-то не хватает")
        return redirect(found)
    return render(
        request,
        "confirm.html",
        {
            "heading": f"{page['heading']}. {heading}",
            "lead": page["place"],
            "submit": submit,
            "consequences": [EFFECTS[what], *consequences] if verb == "ready" else consequences,
            "facts": page["facts"],
            "danger": verb == "withdraw",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, submit),
        },
    )


OPEN = ("proposed", "ready")
BEGUN = "Второй раз начинать не нужно: это уже начато, и здесь видно, что делать дальше"


def begin(request, form, act, page, success, *, going):
    """Draw the form of a new change, or make it and lead to its page.

    ``going`` are changes of the same sort that are under way: whoever opens the form meanwhile is led to the first.
    """
    if request.method == "GET" and (found := going.first()):
        messages.info(request, BEGUN)
        return redirect(found)
    if form.is_valid():
        made = act_with_form(form, act, request)
        if made is True:
            return redirect(page["cancel_url"])
        if made:
            messages.success(request, success)
            return redirect(made)
    return render(request, "form.html", page | {"form": form})
