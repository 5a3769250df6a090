"""Pages for a whole pair or group at once: answers in words, consents to duties on paper (п. 3.2, 6.1)."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from people.consents import presenters as consent_presenters
from people.rights import Right
from people.roles.instead import require_impartial
from programs.pairings import together
from programs.pairings.forms import AnswersForm, DutiesForm
from programs.pairings.models import Pairing
from programs.pairings.presenters import crumbs
from programs.pairings.rules import pairing_title, parties


def _get(request, pk: int) -> Pairing:
    return get_object_or_404(Pairing.objects.papers_visible_to(request.user).with_requirements(), pk=pk)


def answers(request, pk: int) -> HttpResponse:
    """Write down in one go what several participants have said; each answer stays in confidence (п. 6.1)."""
    shown = _get(request, pk)
    require_impartial(request.user, Right.PAIRINGS_ANSWER_FOR_OTHERS, parties(shown))
    silent = [p for p in shown.people if not p.wish] if shown.state in Pairing.OPEN_STATES else []
    if not silent:
        messages.info(request, "Все уже ответили, или предложение больше не рассматривается")
        return redirect(shown)
    form = AnswersForm(request.POST or None, people=silent)
    if request.method == "POST" and form.is_valid():
        done = act_with_form(form, lambda: together.answer_several(form.said(), by=request.user))
        if done:
            messages.success(request, f"Записано: {plural(len(done), 'ответ,ответа,ответов')}")
            return redirect(shown)
    context = {
        "form": form,
        "heading": "Ответы со слов",
        "lead": f"{pairing_title(shown)}. Запишите то, что люди сказали сами: в истории останется, кто записал.",
        "submit": "Записать ответы",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": crumbs(shown, "Ответы"),
        "hint": "Ответ доверительный: другие участники его не увидят.",
    }
    return render(request, "form.html", context)


def duties(request, pk: int) -> HttpResponseBase:
    """Print the blanks of the consents that are missing, and record in one go those that are signed (п. 3.2, 3.3)."""
    shown = _get(request, pk)
    require(request.user, Right.CONSENTS_RECORD)
    missing = [p for p in shown.people if not p.has_duties] if shown.state in Pairing.OPEN_STATES else []
    if not missing:
        messages.info(request, "Согласия на обязанности есть у всех, или предложение больше не рассматривается")
        return redirect(shown)
    if "blanks" in request.POST:
        return consent_presenters.duty_blanks((p.person, p.part, shown.uuid) for p in missing)
    form = DutiesForm(request.POST or None, people=missing)
    if request.method == "POST" and form.is_valid():
        chosen = [p for p in missing if p.pk in form.cleaned_data["signed"]]
        day = form.cleaned_data["given_on"]
        made = act_with_form(form, lambda: together.record_duties(shown, chosen, by=request.user, given_on=day))
        if made:
            said = plural(len(made), "согласие,согласия,согласий")
            messages.success(request, f"Записано: {said}. Сканы можно приложить позже")
            return redirect(shown)
    context = {
        "form": form,
        "heading": "Согласия на обязанности",
        "lead": f"{pairing_title(shown)}. Без письменных согласий пару не закрепить (п.\u00a03.2, 3.3 Положения).",
        "submit": "Записать подписанные",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": crumbs(shown, "Согласия"),
    }
    return render(request, "programs/pairings/pairing_duties.html", context)
