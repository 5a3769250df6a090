"""Pages of replacing a mentor, of ending a pair, and of petitions (п. 4.1, 5.1, 7.1)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.russian import ruday
from mentoring_site.workflow import Refused, Stale
from people.rights import Right
from programs.changes import presenters as change_presenters
from programs.changes.petitions.models import Petition
from programs.changes.petitions.views import _frame, _pairing
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.forms import DayForm, ReplacementForm
from programs.changes.replacement.models import Replacement
from programs.changes.views import CURATOR_ONLY, OPEN, begin, known
from programs.pairings.acts import pairing_title
from programs.program.views import need


def _asked(request, pairing):
    """Return the open petition that a replacement is begun from, if the user may read it."""
    text = request.GET.get("petition", "")
    pk = int(text) if text.isdecimal() and len(text) < 16 else 0
    return Petition.objects.visible_to(request.user).filter(pk=pk, pairing=pairing, state="filed").first()


@require_http_methods(["GET", "POST"])
def replacement_new(request, pk):
    """Begin to replace a mentor, of one's own accord or from a petition."""
    pairing = _pairing(request, pk)
    need(request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS), CURATOR_ONLY)
    asked = _asked(request, pairing)
    initial = {"since": timezone.localdate()}
    if asked:
        initial |= {"ground": {"replace": "petition", "relieve": "refusal"}[asked.kind], "paper_on": asked.filed_on}
    form = ReplacementForm(request.POST or None, pairing=pairing, initial=initial)
    page = _frame(
        pairing,
        "Заменить наставника",
        submit="Подготовить замену",
        hint=(
            "Замену введёт приказ директора; до него можно передумать. Программа сохранится, её поведёт новый"
            " наставник."
        ),
    )

    def act():
        return replacement_acts.propose(
            pairing, by=request.user, petition=asked, request_key=form.cleaned_data["request_key"], **form.values()
        )

    going = Replacement.objects.filter(pairing=pairing, state__in=OPEN)
    return begin(request, form, act, page, "Замена готовится. Чего не хватает до приказа, сказано ниже", going=going)


@require_http_methods(["GET", "POST"])
def replacement_edit(request, pk):
    """Correct a replacement that is being prepared."""
    change = known(request, "replacement", pk)
    need(request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS), CURATOR_ONLY)
    if change.state != "proposed":
        messages.info(request, "Замена уже передана на приказ или отменена: правка закрыта")
        return redirect(change)
    form = ReplacementForm(request.POST or None, pairing=change.pairing, change=change)
    if form.is_valid():
        try:
            replacement_acts.edit(change, by=request.user, version=form.cleaned_data["version"], **form.values())
        except Stale as refusal:
            form.add_error(None, str(refusal))
            form.show_newer(Replacement.objects.get(pk=change.pk).version)
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, "Сохранено")
            return redirect(change)
    page = {"form": form, "heading": "Замена наставника", "lead": pairing_title(change.pairing)}
    page |= {"cancel_url": change.get_absolute_url(), "crumbs": change_presenters.crumbs(change, "Правка")}
    return render(request, "form.html", page)


@require_http_methods(["GET", "POST"])
def replacement_return(request, pk):
    """The former mentor comes back earlier than planned."""
    change = known(request, "replacement", pk)
    need(request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS), CURATOR_ONLY)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        act = lambda: replacement_acts.bring_back(change, by=request.user, on=on)  # noqa: E731
        return act_and_redirect(
            request, act, success=f"Записано: прежний наставник возвращается {ruday(on)}", to=change
        )
    if change.state != "registered" or not change.until or change.returned_on:
        messages.info(request, "Возвращать некого: временная замена не идёт")
        return redirect(change)
    name = change.former.person.full_name
    lines = [
        f"С указанного дня пару снова ведёт {name}: об этом сказано в приказе о временной замене.",
        f"{change.candidate.person.full_name} сможет читать записи своего времени.",
        "Участники получат письма.",
    ]
    page = {"heading": "Прежний наставник вернулся?", "lead": pairing_title(change.pairing), "form": form}
    page |= {"consequences": lines, "submit": "Записать возвращение", "cancel_url": change.get_absolute_url()}
    return render(request, "confirm.html", page | {"crumbs": change_presenters.crumbs(change, "Возвращение")})
