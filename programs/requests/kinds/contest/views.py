"""Pages of contests: the list, how one is prepared, its result, who prepares (п. 3.5, 4.2)."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentoring_site import undo
from mentoring_site.edits import save_edit
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.form_handling import act_with_form
from mentoring_site.told import by_letter
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.requests import presenters
from programs.requests.kinds.base import ACCEPTED
from programs.requests.kinds.contest import acts
from programs.requests.kinds.contest.forms import OwnerForm, PlanForm, ResultForm
from programs.requests.kinds.contest.list_page import CONTESTS, counts
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request


@require_safe
def contests(request: UserRequest) -> HttpResponseBase:
    """Contests and events of all programs that the user may see; the same list as XLSX."""
    found = Contest.objects.visible_to(request.user)
    return CONTESTS.answer(request, found, counts=counts(found))


def _get(request: UserRequest, pk: int) -> Request:
    visible = Request.objects.visible_to(request.user).filter(kind="contest").with_requirements()
    found = get_object_or_404(visible.with_openness(request.user), pk=pk)
    if not found.is_open:
        raise Http404
    return found


def _away(request: UserRequest, found: Request) -> HttpResponseBase | None:
    """Lead back where nothing is prepared any more, or not yet."""
    if request.method == "POST" or (found.state == ACCEPTED and not found.contest.result):
        return None
    messages.info(request, "Результат уже записан" if found.contest.result else "Участие ещё не одобрено")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def prepare(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write how it is prepared."""
    found = _get(request, pk)
    acts.require_work(found, request.user)
    if away := _away(request, found):
        return away
    contest = found.contest
    form = PlanForm(request.POST or None, initial={"plan": contest.plan, "version": contest.version})
    act = lambda: acts.prepare(found, by=request.user, **form.cleaned_data)  # noqa: E731
    if form.is_valid() and save_edit(request, form, act, "Записано", obj=contest):
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "heading": "Как готовимся",
            "lead": f"{contest.title}, {contest.when}",
            "form": form,
            "submit": "Записать",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Подготовка"),
        },
    )


@require_http_methods(["GET", "POST"])
def result(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write what came of it, with the diploma."""
    found = _get(request, pk)
    acts.require_work(found, request.user)
    if away := _away(request, found):
        return away
    form = ResultForm(request.POST or None, request.FILES or None)

    def act() -> Contest:
        said = form.cleaned_data
        with stored_uploads(said["evidence"], by=request.user) as files:
            return acts.give_result(found, by=request.user, result=said["result"], award=said["award"], files=files)

    if form.is_valid() and (made := act_with_form(form, act, request)):
        if made is not True:
            undo.say(request, "Результат записан", found, "result")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "heading": "Результат",
            "lead": f"{found.contest.title}: {found.contest.mentee.person.full_name}",
            "form": form,
            "submit": "Записать результат",
            "multipart": True,
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Результат"),
            "hint": by_letter("Наставник, наставляемый и куратор получат письмо.")
            + " На сайте результат сам не появится.",
        },
    )


@require_http_methods(["GET", "POST"])
def owner(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give the preparation to another member of the council."""
    found = _get(request, pk)
    if not acts.may_assign(found, request.user):
        raise NotAllowed(f"Кто готовит, решает {' или '.join(Right.CONTESTS_DECIDE.holders)}, кого это не касается")
    if away := _away(request, found):
        return away
    form = OwnerForm(
        request.POST or None, but=found.contest.mentee.person_id, initial={"owner": found.contest.owner_id}
    )
    if form.is_valid() and act_with_form(
        form, lambda: acts.reassign(found, form.cleaned_data["owner"], by=request.user), request
    ):
        messages.success(request, "Подготовка поручена")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "heading": "Кто готовит",
            "lead": found.contest.title,
            "form": form,
            "submit": "Поручить подготовку",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Кто готовит"),
            "hint": by_letter("Член совета получит письмо."),
        },
    )
