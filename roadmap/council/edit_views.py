"""Writing minutes: a new meeting, its particulars, its questions, the signature on paper (п. 3.5)."""

from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.files import stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.scans import REPLACE, ScanForm, scan_words
from mentoring_site.ui.elements import Crumb
from people.rights import Right
from people.roles.letterhead import place
from roadmap.council import acts, agenda
from roadmap.council.acts import OPEN
from roadmap.council.decisions import decisions, sign_and_record
from roadmap.council.forms import EditMeetingForm, FindForm, ItemForm, NewMeetingForm, SignForm
from roadmap.council.models import Minutes
from roadmap.council.presenters import crumbs, crumbs_of
from roadmap.council.views import visible_minutes


def _draft(request, pk, allowed=(Minutes.State.DRAFT,)) -> Minutes | None:
    """Return a draft that the user may write, or None with a message when it is signed already."""
    found = visible_minutes(request, pk)
    require(request.user, Right.MINUTES_WRITE)
    if found.state not in allowed and request.method == "GET":
        signed = found.state == Minutes.State.SIGNED
        messages.info(request, "Протокол подписан: правка закрыта" if signed else "Сейчас это заседание не правят")
        return None
    return found


@require_http_methods(["GET", "POST"])
def new(request):
    """Draft minutes of a meeting with what waits for the council."""
    require(request.user, Right.MINUTES_WRITE)
    queue: dict[str, Any] = {
        "programs": agenda.waiting_programs(),
        "pairings": agenda.waiting_pairings(),
        "place": place(),
    }
    finder = FindForm(request.POST or None)
    find = finder.cleaned_data["find"] if finder.is_valid() else ""
    if "look" in request.POST:  # a search of the queue: what was typed stays, nothing is judged yet
        form = NewMeetingForm(initial=_as_typed(request.POST), find=find, **queue)
    else:
        form = NewMeetingForm(request.POST or None, find=find, **queue)
    if form.is_valid() and (made := act_with_form(form, lambda: acts.draft(by=request.user, **form.cleaned_data))):
        messages.success(request, f"Проект протокола № {made.number} составлен. Проверьте вопросы и запишите решения")
        return redirect(made)
    return render(
        request,
        "roadmap/council/minutes_new.html",
        {
            "form": form,
            "finder": finder if form.is_long else None,
            "heading": "Составить протокол",
            "submit": "Составить проект",
            "cancel_url": reverse("roadmap:minutes_list"),
            "crumbs": crumbs(Crumb("Новый")),
            "lead": (
                "Отметьте, что рассмотрел совет: вопросы и проекты решений составятся сами, с именами в нужных падежах."
            ),
        },
    )


def _as_typed(posted: QueryDict) -> dict[str, Any]:
    """Return what stands in the form that was sent, to be shown again as it is."""
    several = {"programs", "pairings", "present", "absent"}
    return {name: [] for name in several} | {
        name: posted.getlist(name) if name in several else posted.get(name, "") for name in posted
    }


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change what stands above the agenda of a draft."""
    found = _draft(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    form = EditMeetingForm(request.POST or None, minutes=found)

    def act():
        return acts.edit(found, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, "Сведения о заседании сохранены", obj=found):
        return redirect(found)
    context = {
        "form": form,
        "heading": "Сведения о заседании",
        "lead": str(found),
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, "Сведения"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def item(request, pk, item_pk=None):
    """Add a question of the agenda or change it."""
    found = _draft(request, pk, OPEN)
    if found is None:
        return redirect("roadmap:minutes", pk)
    row = get_object_or_404(found.items.all(), pk=item_pk) if item_pk else None
    form = ItemForm(request.POST or None, instance=row, version=found.version, minutes=found)

    def act():
        unchanged = found.items.get(pk=item_pk) if item_pk else None  # the form has written into its own
        return acts.save_item(found, unchanged, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, "Вопрос записан", obj=found):
        return redirect(found)
    context = {
        "form": form,
        "heading": f"Вопрос {row.number}" if row else "Новый вопрос",
        "lead": str(found),
        "submit": "Записать вопрос",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, f"Вопрос {row.number}" if row else "Новый вопрос"),
    }
    return render(request, "form.html", context)


def _ask(request, found, heading, submit, consequences, **more):
    context = {
        "heading": heading,
        "lead": str(found),
        "submit": submit,
        "consequences": consequences,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, submit),
    }
    return render(request, "confirm.html", context | more)


@require_http_methods(["GET", "POST"])
def item_drop(request, pk, item_pk):
    """Take a question out of a draft, after a question."""
    found = _draft(request, pk, OPEN)
    if found is None:
        return redirect("roadmap:minutes", pk)
    row = get_object_or_404(found.items.select_related("minutes"), pk=item_pk)
    if request.method == "POST":
        return act_and_redirect(
            request, lambda: acts.drop_item(row, by=request.user), success="Вопрос убран из повестки", to=found
        )
    return _ask(
        request,
        found,
        "Убрать вопрос из повестки?",
        "Убрать вопрос",
        [f"Вопрос «{row.title}» и его решение удалятся", "Следующие вопросы получат номера на один меньше"],
        danger=True,
    )


CITE = "На него можно сослаться при согласовании и рекомендации"


@require_http_methods(["GET", "POST"])
def sign(request, pk):
    """Record that the minutes are signed on paper."""
    found = _draft(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    form = SignForm(
        request.POST or None,
        request.FILES or None,
        initial={"signed_on": timezone.localdate()},
        open_decisions=decisions(found, request.user),
    )
    if form.is_valid() and act_with_form(form, lambda: _signed(found, form, request.user)):
        recorded = len(form.cleaned_data.get("decisions", ()))
        told = f"Записано {plural(recorded, 'решение,решения,решений')} совета" if recorded else CITE
        messages.success(request, f"{found} подписан. {told}")
        return redirect(found)
    lines = [
        "Протокол закроется для правки",
        "На него можно будет сослаться, согласуя программы и рекомендуя пары",
        "Из него можно будет делать выписки",
    ]
    return _ask(
        request, found, "Записать, что протокол подписан?", "Записать подписание", lines, form=form, multipart=True
    )


def _signed(found, form, user):
    with stored_upload(form.cleaned_data["scan"], by=user) as scan:
        data = form.cleaned_data
        return sign_and_record(found, data.get("decisions", ()), by=user, signed_on=data["signed_on"], scan=scan)


def _attached(found, form, user):
    data = form.cleaned_data
    with stored_upload(data["scan"], by=user) as scan:
        return acts.attach_scan(found, scan, by=user, reason=data.get("reason", ""))


@require_http_methods(["GET", "POST"])
def scan(request, pk):
    """Attach the scan of signed minutes, or replace a wrong one with a reason."""
    found = visible_minutes(request, pk)
    require(request.user, Right.MINUTES_WRITE)
    word = scan_words(found.scan)
    form = ScanForm(request.POST or None, request.FILES or None, present=found.scan)
    if form.is_valid() and act_with_form(form, lambda: _attached(found, form, request.user)):
        messages.success(request, "Скан заменён" if found.scan else "Скан приложен")
        return redirect(found)
    context = {
        "form": form,
        "heading": f"{word} протокола",
        "lead": f"{found}. {REPLACE}" if found.scan else str(found),
        "submit": word,
        "multipart": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, "Скан"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def discard(request, pk):
    """Throw a draft away, after a question."""
    found = _draft(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    if request.method == "POST":
        to = reverse("roadmap:minutes_list")
        return act_and_redirect(
            request, lambda: acts.discard(found, by=request.user), success="Проект протокола удалён", to=to
        )
    lines = [
        f"Проект и все его вопросы удалятся, номер {found.number} освободится",
        "Программы и пары вернутся в очередь совета",
    ]
    return _ask(request, found, "Удалить проект протокола?", "Удалить проект", lines, danger=True)
