"""The first start, step by step; each step is saved by itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.ui.elements import Fact
from people.accounts import acts as account_acts
from people.accounts.forms import FirstPasswordForm
from people.accounts.models import FirstSetup, User
from people.accounts.own_views import log_in
from people.register.models import Person
from people.rights import ACTING, CURATOR, DIRECTOR
from people.roles import acts as role_acts
from people.roles.models import RoleGrant
from people.school.forms import SchoolForm
from people.school.models import School
from people.setup import acts as setup_acts
from people.setup.forms import ActingForm, FirstAdministratorForm, OrdersForm, RoleHolderForm


@login_not_required
@never_cache
def begin(request, token):
    """The one-time address: the first administrator's account, or the way back into a setup left unfinished."""
    opened = setup_acts.opened_by(token)
    if opened is None:
        raise Http404("Адрес первой настройки устарел или уже использован")
    if opened.user:
        return _reopen(request, opened)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        username = data["username"] or account_acts.username_for(form.instance)
        user = act_with_form(
            form,
            lambda: setup_acts.begin(
                opened,
                person=form.instance,
                post=data["post"],
                username=username,
                email=data["email"],
                password=data["password1"],
            ),
        )
        if user:
            messages.success(request, f"Учётная запись заведена. Ваше имя для входа: {user.username}")
            return log_in(request, user)
    context = {
        "form": form,
        "heading": "Первый администратор",
        "submit": "Завести учётную запись и продолжить",
        "steps": _stages([], "account"),
    }
    return render(request, "people/setup/setup_begin.html", context)


def _reopen(request, opened: FirstSetup):
    """A fresh address of a begun setup: a new password for the first administrator, then the steps."""
    form = FirstPasswordForm(request.POST or None, user=opened.user)
    if request.method == "POST" and form.is_valid():
        user = act_with_form(form, lambda: setup_acts.reopen(opened, password=form.cleaned_data["password1"]))
        if user:
            return log_in(request, user)
    context = {
        "form": form,
        "user_name": opened.user.username,
        "person": opened.user.person,
        "steps": _stages(opened.done, "account"),
    }
    return render(request, "people/setup/setup_again.html", context)


def resume(request):
    """To the first step that is not done, or to the end."""
    setup = _unfinished(request)
    following = next((step for step in setup_acts.STEPS if step not in setup.done), None)
    return redirect("people:setup_step", step=following) if following else redirect("people:setup_finish")


def step(request, step):
    """One step: a form, an act, the next step."""
    setup = _unfinished(request)
    pages = {"school": _school, "director": _director, "curator": _curator, "orders": _orders}
    if step not in pages:
        raise Http404
    if step != "school" and School.get() is None:
        messages.info(request, "Сначала запишите школу")
        return redirect("people:setup_step", step="school")
    context = pages[step](request, setup)
    if context is None:
        return redirect("people:setup")
    context |= {"heading": setup_acts.STEPS[step], "steps": _stages(setup.done, step)}
    return render(request, "people/setup/setup_step.html", context)


def finish(request):
    """What has been entered, what is still missing, and the end of the setup."""
    setup = _unfinished(request)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: setup_acts.finish(setup, by=request.user),
            success="Первая настройка закончена",
            to="/home/",
        )
    school = School.get()
    school_name = school.organisation.name if school else "—"
    facts = [Fact("Школа", school_name, url=reverse("people:setup_step", args=["school"]))]
    facts += [
        Fact(words, _holder(role) or "позже", url=reverse("people:setup_step", args=[step_name]))
        for words, role, step_name in (
            ("Директор", DIRECTOR, "director"),
            ("Исполняет обязанности", ACTING, "director"),
            ("Куратор", CURATOR, "curator"),
        )
    ]
    context = {"facts": facts, "missing": setup_acts.missing_papers(), "steps": _stages(setup.done, "finish")}
    return render(request, "people/setup/setup_finish.html", context)


def _unfinished(request) -> FirstSetup:
    """The setup this user has begun; foreign looks like absent, an abandoned one says how to continue."""
    setup = setup_acts.unfinished(request.user)
    if setup is None:
        raise Http404
    if not setup_acts.is_open(setup):
        raise PermissionDenied(
            f"Первую настройку начали больше суток назад, поэтому её шаги закрыты. {setup_acts.HOW_TO_CONTINUE}."
        )
    return setup


def _stages(done: list[str], current: str) -> list[dict]:
    """Stages for components/stage_line.html."""
    names = {"account": "Администратор", **setup_acts.STEPS, "finish": "Проверка"}
    passed = {"account", *done}
    return [
        {
            "label": words,
            "note": "",
            "tone": "now" if name == current else "done" if name in passed and current != "account" else "ahead",
        }
        for name, words in names.items()
    ]


def _school(request, setup: FirstSetup) -> dict | None:
    school = School.get()
    form = SchoolForm(request.POST or None, instance=School.get())
    if request.method == "POST" and form.is_valid():
        version = school.version if school else 0
        if act_with_form(
            form, lambda: setup_acts.enter_school(setup, by=request.user, version=version, **form.cleaned_data)
        ):
            return None
    return {"forms": [form], "lead": "Эти сведения стоят в шапке приказов. Их можно поправить потом в настройках."}


def _director(request, setup: FirstSetup) -> dict | None:
    form = _role_holder_form(request, DIRECTOR, [("me", "Это я"), ("other", "Другой человек")], "директор")
    acting_person = _person_of(ACTING, request.user) or Person()
    acting = ActingForm(request.POST or None, prefix="acting", instance=acting_person, initial=_order_of(ACTING))
    acting.title = "Сейчас директора замещают"
    acting.is_open = acting.is_bound or acting_person.pk is not None
    if request.method == "POST" and form.is_valid() & acting.is_valid():
        person = request.user.person if form.cleaned_data["who"] == "me" else form.instance
        done = act_with_form(
            form,
            lambda: setup_acts.enter_director(
                setup,
                by=request.user,
                director=person,
                post=form.cleaned_data["post"],
                order=form.order,
                since=form.first_day,
            ),
        )
        if done and acting.is_filled:
            data = acting.cleaned_data
            order = setup_acts.Order(data["order_number"], data["order_date"])
            done = act_with_form(
                acting,
                lambda: setup_acts.enter_acting(
                    setup,
                    by=request.user,
                    person=acting.instance,
                    order=order,
                    since=data["since"],
                    until=data["until"],
                ),
            )
        if done:
            return None
    return {
        "forms": [form, acting],
        "lead": "Директор подписывает приказы. Войти в систему он сможет, когда Вы заведёте ему учётную запись.",
    }


def _curator(request, setup: FirstSetup) -> dict | None:
    choices = [("me", "Это я"), ("other", "Другой человек"), ("later", "Назначат позже")]
    form = _role_holder_form(request, CURATOR, choices, "заместитель директора")
    lead = "Куратора назначает директор приказом из числа своих заместителей (п.\u00a03.4)."
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["who"] == "later":
            setup_acts.skip(setup, "curator")
            return None
        person = request.user.person if data["who"] == "me" else form.instance
        deputy = "заместител" in (data["post"] if data["who"] == "other" else form.own_post).lower()
        warnings = [] if deputy else role_acts.warnings(person, CURATOR, timezone.localdate())
        if form.warn(warnings) and act_with_form(
            form,
            lambda: setup_acts.enter_curator(
                setup,
                by=request.user,
                curator=person,
                post=data["post"],
                order=form.order,
                since=form.first_day,
            ),
        ):
            return None
    return {"forms": [form], "lead": lead}


def _orders(request, setup: FirstSetup) -> dict | None:
    school = School.get()
    names = ("regulation_number", "regulation_date", "e_consents_number", "e_consents_date")
    form = OrdersForm(request.POST or None, initial={name: getattr(school, name) for name in names})
    if request.method == "POST" and form.is_valid():
        orders = {"regulation": form.order("regulation"), "e_consents": form.order("e_consents")}
        act_with_form(form, lambda: setup_acts.enter_orders(setup, by=request.user, **orders))
        if form.is_valid():
            return None
    return {
        "forms": [form],
        "lead": (
            "Ни одна программа не начнётся без приказа об утверждении Положения (п.\u00a03.1). Если приказа ещё нет,"
            " его записывают позже."
        ),
    }


def _role_holder_form(request, role: str, choices: list[tuple[str, str]], post: str) -> RoleHolderForm:
    """The form of a role, filled with what was entered before."""
    person = _person_of(role, request.user)
    holder = RoleGrant.objects.filter(role=role).first()
    who = "other" if person else "me" if holder else None
    initial = {"who": who, "post": post, **_order_of(role)}
    own = request.user.person.employments.first()
    return RoleHolderForm(
        request.POST or None,
        choices=choices,
        own_post=own.post if own else request.user.first_setup.post,
        instance=person or Person(),
        initial=initial,
    )


def _person_of(role: str, user: User) -> Person | None:
    """Whom this step has made before: coming back corrects the same person."""
    grant = RoleGrant.objects.filter(role=role).exclude(person=user.person_id).select_related("person").first()
    return grant.person if grant else None


def _order_of(role: str) -> dict:
    grant = RoleGrant.objects.filter(role=role).first()
    names = ("order_number", "order_date", "since", "until")
    return {name: getattr(grant, name) for name in names} if grant else {}


def _holder(role: str) -> str:
    grant = RoleGrant.objects.filter(role=role).select_related("person").first()
    return grant.person.full_name if grant else ""
