"""Home, putting off what waits, the weekly letter, and global search."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mentoring_site import journeys
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.inbox import InboxItem, items_for
from mentoring_site.russian import plural, rudate, ruday
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.rights import Right
from reports.home import acts, presenters
from reports.home.desk import desk
from reports.home.forms import PostponeForm, WeeklyLetterForm
from reports.home.models import Postponed, WeeklyLetter
from reports.home.pipeline import pipeline
from reports.home.search import is_short
from reports.home.search import search as find

DAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")
HOME = Crumb("Мои задачи", "/home/")


@require_GET
def home(request):
    """What waits for me, what others hold, what goes on with mine, what is new; the pipeline for those who run it."""
    found = desk(request.user, whole="all" in request.GET)
    today = timezone.localdate()
    journey = journeys.open_for(request.user)
    journeys.remember(request, journey)
    return render(
        request,
        "reports/home/home.html",
        {
            "desk": found,
            "heading": found.heading if found.count or journey is None else journey.title,
            "journey": journey,
            "today": f"{DAYS[today.weekday()]}, {rudate(today)}",
            "late": f"Просрочено: {plural(found.late, 'дело,дела,дел')}." if found.late else "",
            "sections": found.sections,
            "more": plural(found.count - found.shown, "дело,дела,дел") if found.count > found.shown else "",
            "own": presenters.own_programs(request.user),
            "news": presenters.new_messages(request.user),
            "pipeline": pipeline(request.user) if request.user.can(Right.REPORTS_PIPELINE) else [],
        },
    )


def later(request: UserRequest) -> HttpResponse:
    """Put off one thing that waits, with a reason, till a day."""
    item = _asked(request)
    if item is None:
        messages.info(request, "Этого дела уже нет: его сделали или отложить его нельзя")
        return redirect("reports:home")
    last = acts.last_day(item)
    form = PostponeForm(request.POST or None, last=ruday(last), initial={"until": acts.next_day(item)})
    if (
        request.method == "POST"
        and form.is_valid()
        and act_with_form(form, lambda: acts.postpone(item, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, f"Отложено до {ruday(form.cleaned_data['until'])}: {item.title}")
        return redirect(reverse("reports:home") + "#later")
    context = {
        "form": form,
        "heading": "Отложить дело",
        "lead": item.title,
        "submit": "Отложить",
        "cancel_url": reverse("reports:home"),
        "crumbs": [HOME, Crumb("Отложить дело")],
    }
    return render(request, "form.html", context)


def _asked(request: UserRequest) -> InboxItem | None:
    """The thing that the address names, when it waits for the user and can be put off."""
    key = request.GET.get("task", "")
    return next((item for item in items_for(request.user) if item.key == key and acts.can_postpone(item)), None)


@require_POST
def back(request: UserRequest, pk: int) -> HttpResponse:
    """Let what was put off wait again."""
    row = get_object_or_404(Postponed.objects.visible_to(request.user), pk=pk)
    return act_and_redirect(
        request, lambda: acts.take_back(row, by=request.user), success="Дело снова в списке", to="reports:home"
    )


def weekly_letter(request: UserRequest) -> HttpResponse:
    """Switch the weekly letter on or off."""
    row = WeeklyLetter.objects.visible_to(request.user).first()
    form = WeeklyLetterForm(
        request.POST if request.method == "POST" else None, initial={"is_wanted": row is None or row.is_wanted}
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["is_wanted"]
        return act_and_redirect(
            request,
            lambda: acts.choose_letter(by=request.user, is_wanted=wanted),
            success="Письмо будет приходить по понедельникам" if wanted else "Письмо о делах недели больше не придёт",
            to="people:account",
        )
    context = {
        "form": form,
        "heading": "Письмо о делах недели",
        "lead": "Утром первого рабочего дня недели: что ждёт Вас, что просрочено и что сейчас у других. "
        + (
            f"Приходит на {request.user.email}"
            if request.user.email
            else "E-mail у Вас не записан: письму некуда прийти"
        ),
        "cancel_url": reverse("people:account"),
        "crumbs": [Crumb("Моя учётная запись", reverse("people:account")), Crumb("Письмо о делах недели")],
    }
    return render(request, "form.html", context)


@require_GET
def search(request):
    """Find a person, a program, a pair, an order among those the user may see."""
    text = " ".join(request.GET.get("q", "").split())[:100]
    groups = find(request.user, text)
    return render(
        request,
        "reports/home/search.html",
        {"search_query": text, "groups": groups, "short": is_short(text)},
    )
