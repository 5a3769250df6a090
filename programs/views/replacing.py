"""Pages of replacing a mentor, of ending a pair, and of petitions (п. 4.1, 5.1, 7.1)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.acts import attempt
from mentoring_site.russian import ruday
from mentoring_site.workflow import Refused, Stale
from people import history
from programs import petitions
from programs import replacing as acts
from programs.forms.changes import AnswerForm, DayForm, EndForm, PetitionForm, SubstitutionForm
from programs.models import Dissolution, Pairing, Petition, Substitution
from programs.pairings import pairing_title
from programs.views import changes_page as shown
from programs.views.changes import CURATOR_ONLY, OPEN, begin, known
from programs.views.pairing_page import crumbs
from programs.views.program_page import button
from programs.views.programmes import need


def _pairing(request, pk) -> Pairing:
    return get_object_or_404(Pairing.objects.visible_to(request.user).with_requirements(), pk=pk)


def _frame(pairing, heading, **more) -> dict:
    return {
        "heading": heading,
        "lead": pairing_title(pairing),
        "cancel_url": pairing.get_absolute_url(),
        "crumbs": crumbs(pairing, heading),
    } | more


def _asked(request, pairing):
    """Return the open petition that a replacement is begun from, if the user may read it."""
    text = request.GET.get("petition", "")
    pk = int(text) if text.isdecimal() and len(text) < 16 else 0
    return Petition.objects.visible_to(request.user).filter(pk=pk, pairing=pairing, state="filed").first()


@require_http_methods(["GET", "POST"])
def substitution_new(request, pk):
    """Begin to replace a mentor, of one's own accord or from a petition."""
    pairing = _pairing(request, pk)
    need(request.user.can("programs.act_for_others"), CURATOR_ONLY)
    asked = _asked(request, pairing)
    initial = {"since": timezone.localdate()}
    if asked:
        initial |= {"ground": {"replace": "petition", "relieve": "refusal"}[asked.kind], "paper_on": asked.filed_on}
    form = SubstitutionForm(request.POST or None, pairing=pairing, initial=initial)
    page = _frame(
        pairing,
        "Заменить наставника",
        submit="Подготовить замену",
        hint="Замену введёт приказ директора; до него можно передумать. Программа сохранится, её поведёт новый наставник.",
    )

    def act():
        return acts.propose(
            pairing, by=request.user, petition=asked, request_key=form.cleaned_data["request_key"], **form.values()
        )

    going = Substitution.objects.filter(pairing=pairing, state__in=OPEN)
    return begin(request, form, act, page, "Замена готовится. Чего не хватает до приказа, сказано ниже", going=going)


@require_http_methods(["GET", "POST"])
def substitution_edit(request, pk):
    """Correct a replacement that is being prepared."""
    change = known(request, "substitution", pk)
    need(request.user.can("programs.act_for_others"), CURATOR_ONLY)
    if change.state != "proposed":
        messages.info(request, "Замена уже передана на приказ или отменена: правка закрыта")
        return redirect(change)
    form = SubstitutionForm(request.POST or None, pairing=change.pairing, change=change)
    if form.is_valid():
        try:
            acts.edit(change, by=request.user, version=form.cleaned_data["version"], **form.values())
        except Stale as refusal:
            form.add_error(None, str(refusal))
            form.show_newer(Substitution.objects.get(pk=change.pk).version)
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, "Сохранено")
            return redirect(change)
    page = {"form": form, "heading": "Замена наставника", "lead": pairing_title(change.pairing)}
    page |= {"cancel_url": change.get_absolute_url(), "crumbs": shown.crumbs(change, "Правка")}
    return render(request, "form.html", page)


@require_http_methods(["GET", "POST"])
def substitution_return(request, pk):
    """The former mentor comes back earlier than planned."""
    change = known(request, "substitution", pk)
    need(request.user.can("programs.act_for_others"), CURATOR_ONLY)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        act = lambda: acts.bring_back(change, by=request.user, on=on)  # noqa: E731
        return attempt(request, act, success=f"Записано: прежний наставник возвращается {ruday(on)}", to=change)
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
    return render(request, "confirm.html", page | {"crumbs": shown.crumbs(change, "Возвращение")})


@require_http_methods(["GET", "POST"])
def dissolution_new(request, pk):
    """Begin to end a pair that has no approved programme."""
    pairing = _pairing(request, pk)
    need(request.user.can("programs.act_for_others"), CURATOR_ONLY)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    page = _frame(
        pairing,
        "Прекратить закрепление",
        submit="Подготовить прекращение",
        hint="Пару завершит приказ директора. Проект её программы, если он есть, будет снят; участники освободятся.",
    )
    act = lambda: acts.propose_end(pairing, by=request.user, **form.cleaned_data)  # noqa: E731
    going = Dissolution.objects.filter(pairing=pairing, state__in=OPEN)
    return begin(request, form, act, page, "Подготовлено. Теперь можно передать на приказ", going=going)


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
    curator = request.user.can("programs.act_for_others")
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
        return petitions.file(
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
        "programs/petition.html",
        {
            "heading": heading,
            "crumbs": crumbs(pairing, heading),
            "place": pairing_title(pairing),
            "place_url": found.pairing.get_absolute_url(),
            "badge": {"word": found.get_state_display(), "tone": "others" if found.state == "filed" else "done"},
            "facts": [{"label": label, "value": value} for label, value in rows if value],
            "actions": _petition_acts(found, request.user),
            "entries": history.entries([found]),
        },
    )


def _petition_acts(found, user) -> list[dict]:
    if found.state != "filed":
        return []

    def at(verb):
        return reverse(f"programs:petition_{verb}", args=[found.pk])

    acts_found = []
    if user.can("programs.act_for_others"):
        replace = f"{reverse('programs:substitution_new', args=[found.pairing_id])}?petition={found.pk}"
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
    need(Petition.WORKFLOW[verb].may(found, request.user), "Решает куратор; отзывает тот, кто подал")
    heading, submit, effect, success = DECISIONS[verb]
    form = None if verb == "withdraw" else AnswerForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        words = {"answer": form.cleaned_data["answer"]} if form else {}
        return attempt(
            request, lambda: getattr(petitions, verb)(found, by=request.user, **words), success=success, to=found
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
