"""Pages of requests of access: the list, one request, asking, releasing, refusing, the owner's answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mentoring_site import history
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import upper_first
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import NotAllowed, Refused, complaints
from people.access import acts, presenters, rules
from people.access.forms import AskEmailForm, AskForm, RefuseForm, ReleaseForm
from people.access.list_page import ACCESS
from people.access.models import AccessRequest
from people.accounts.models import User
from people.accounts.requests import UserRequest
from people.accounts.slips import slips_pdf
from people.rights import Right

HEADINGS = {
    "slip": "Попросить одноразовый листок",
    "letter": "Попросить ссылку письмом",
    "codes": "Попросить сброс входа с кодом",
    "email": "Попросить смену e-mail",
}
ASKED = "Запрос записан. Подтверждает {who}; владелец учётной записи тоже узнает о нём"


def access_requests(request: UserRequest):
    """Requests that the user may see, the newest first."""
    return ACCESS.answer(request, AccessRequest.objects.visible_to(request.user))


def access_request(request: UserRequest, pk: int):
    """One request: what is asked, who releases, what the owner says, what was done in the first day."""
    shown = _shown(request, pk)
    return render(request, "people/access/request.html", _context(request, shown))


def _shown(request: UserRequest, pk: int) -> AccessRequest:
    found = AccessRequest.objects.visible_to(request.user)
    related = ("person", "asked_by__person", "released_by__person", "invitation")
    return get_object_or_404(found.select_related(*related), pk=pk)


def _context(request: UserRequest, shown: AccessRequest) -> dict:
    return {
        "shown": shown,
        "heading": acts.what(shown),
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown),
        "actions": presenters.actions(shown, request.user),
        "question": presenters.question(shown, request.user),
        "command": presenters.command(shown),
        "done": acts.done_since(shown) if request.user.can(Right.ACCESS_RELEASE) else [],
        "entries": history.entries([shown]),
        "crumbs": [Crumb("Запросы доступа", reverse("people:access_requests")), Crumb(shown.person.short_name)],
    }


def access_ask(request: UserRequest, kind: str, pk: int):
    """Ask for a way into a privileged account; another person releases it."""
    if kind not in HEADINGS:
        raise Http404
    require(request.user, rules.ASKING[kind])
    user = get_object_or_404(User.objects.select_related("person"), pk=pk)
    form = (AskEmailForm if kind == "email" else AskForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = act_with_form(form, lambda: acts.ask(kind, user, by=request.user, **form.cleaned_data))
        if asked:
            messages.success(request, ASKED.format(who=rules.who_releases(asked)))
            return redirect(asked)
    context = {
        "form": form,
        "heading": HEADINGS[kind],
        "lead": f"{user.person.full_name}, имя для входа {user.username}",
        "submit": "Отправить запрос",
        "hint": "Утверждающим, подписывающим и администраторам доступ меняют двое: Вы просите, другой подтверждает.",
        "cancel_url": reverse("people:account_one", args=[user.pk]),
    }
    return render(request, "form.html", context)


@never_cache
def access_release(request: UserRequest, pk: int):
    """Release with a fresh second factor; the second half of a code is shown once, on the answer itself."""
    shown = _shown(request, pk)
    if not rules.may_release(shown, request.user):
        raise NotAllowed(f"Этот запрос подтверждает {rules.who_releases(shown)}, но не тот, кто просил, и не владелец")
    if shown.state != AccessRequest.State.ASKED:
        messages.info(request, "На этот запрос уже ответили")
        return redirect(shown)
    form = ReleaseForm(request.POST or None, has_second_factor=request.user.has_second_factor)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        part = act_with_form(form, lambda: acts.release(shown, by=request.user, code=code, address=get_ip(request)))
        if part:
            return render(request, "people/access/part.html", _context(request, _shown(request, pk)) | {"part": part})
        if part is not None:
            messages.success(request, f"Подтверждено: {acts.what(shown)}")
            return redirect(shown)
    context = {
        "form": form,
        "heading": "Подтвердить доступ?",
        "lead": upper_first(acts.what(shown)),
        "facts": presenters.facts(shown),
        "consequences": [*presenters.consequences(shown), *map(str, complaints(shown, "release"))],
        "submit": "Подтвердить",
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "confirm.html", context)


def access_refuse(request: UserRequest, pk: int):
    """Stop a request, with a reason."""
    shown = _shown(request, pk)
    AccessRequest.WORKFLOW["refuse"].require(shown, request.user)
    form = RefuseForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and act_with_form(form, lambda: acts.refuse(shown, by=request.user, why=form.cleaned_data["why"]))
    ):
        messages.success(request, f"Остановлено: {acts.what(shown)}")
        return redirect(shown)
    context = {
        "form": form,
        "heading": "Остановить запрос?",
        "lead": upper_first(acts.what(shown)),
        "consequences": ["Ничего не изменится; тот, кто просил, об этом узнает"],
        "submit": "Остановить",
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "confirm.html", context)


def access_slip(request: UserRequest, pk: int):
    """The slip of a released request, for the one who asked."""
    shown = _shown(request, pk)
    acts.require_asker(shown, request.user)
    if request.method != "POST":
        return _ask(request, shown, SLIP)
    try:
        issued = acts.print_slip(shown, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    return slips_pdf([issued])


def access_mine(request: UserRequest, pk: int):
    """The owner knows of the change."""
    shown = _shown(request, pk)
    acts.require_owner(shown, request.user)
    email = acts.confirms_email(shown, request.user)
    links = f"Ссылки для нового пароля смогут приходить на {email}: проверьте, что этот e-mail Ваш"
    question = replace(MINE, consequences=(*MINE.consequences, links)) if email else MINE
    return _asked(request, shown, question, lambda: acts.answer(shown, by=request.user, mine=True))


def access_not_mine(request: UserRequest, pk: int):
    """The owner does not: the account is locked and the director told."""
    shown = _shown(request, pk)
    acts.require_owner(shown, request.user)
    return _asked(request, shown, NOT_MINE, lambda: acts.answer(shown, by=request.user, mine=False))


def access_note(request: UserRequest, pk: int):
    """The director has seen what was done on the server, or what the owner did not recognise."""
    shown = _shown(request, pk)
    acts.require_note(shown, request.user)
    return _asked(request, shown, NOTE, lambda: acts.note(shown, by=request.user))


@dataclass(frozen=True)
class Question:
    """What a page asks before an act, and what it says when it is done."""

    heading: str
    submit: str
    consequences: tuple[str, ...]
    done: str = ""
    danger: bool = False


SLIP = Question(
    "Напечатать листок?",
    "Получить листок в PDF",
    (
        "На листке одноразовый код. Отдайте его владельцу лично в руки; второй код скажет тот, кто подтвердил",
        "Листок действует три дня; прежние приглашения перестанут работать",
    ),
)
MINE = Question(
    "Вы знаете об этом изменении?",
    "Да, я знаю об этом",
    ("Напоминание исчезнет с Вашей главной страницы",),
    "Спасибо, записано",
)
NOT_MINE = Question(
    "Это не Вы?",
    "Закрыть мою учётную запись",
    (
        "Ваша учётная запись сразу закроется на всех устройствах, и на этом тоже",
        "Доступ снова открывает {who}: позвоните сами, чтобы его вернуть",
    ),
    "Учётная запись закрыта",
    danger=True,
)
NOTE = Question(
    "Принять к сведению?",
    "Принять к сведению",
    ("Напоминание исчезнет с главной страницы; запись останется в журнале",),
    "Принято к сведению",
)


def _asked(request: UserRequest, shown: AccessRequest, question: Question, act: Callable):
    """Ask by GET, act by POST."""
    if request.method != "POST":
        return _ask(request, shown, question)
    return act_and_redirect(request, act, success=question.done, to=shown.get_absolute_url())


def _ask(request: UserRequest, shown: AccessRequest, question: Question):
    context = {
        "heading": question.heading,
        "lead": upper_first(acts.what(shown)),
        "facts": presenters.facts(shown),
        "consequences": [line.format(who=rules.who_releases(shown)) for line in question.consequences],
        "submit": question.submit,
        "danger": question.danger,
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "confirm.html", context)
