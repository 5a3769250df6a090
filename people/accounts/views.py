"""The list of accounts, invitations and slips, and acts on one account, each after a question."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.workflow import NotAllowed, Refused
from people.accounts import acts as account_acts
from people.accounts import presenters
from people.accounts.account_list import ACCOUNTS, accounts
from people.accounts.bulk import LETTERS, SLIPS
from people.accounts.forms import AccountForm, NewAccountsForm
from people.accounts.models import User
from people.accounts.slips import slips_pdf
from people.register.models import Person
from people.rights import ACTING, CURATOR, DIRECTOR, Right
from people.roles.holders import is_privileged

LIFE_DAYS = account_acts.INVITATION_LIFE.days


def account_list(request):
    """All accounts."""
    require(request.user, Right.ACCOUNTS_INVITE)
    return ACCOUNTS.answer(request, accounts())


SUGGESTED = {
    "offices": Q(roles__role__in=[DIRECTOR, ACTING, CURATOR]),
    "banks": Q(candidates__state__in=["applied", "approved", "appointed"]),
}
"""Who is ticked beforehand, by the word of the address: those who run the school, those who stand in a bank."""


def account_new(request):
    """Accounts for many people at once; slips for them can be printed in the same go."""
    require(request.user, Right.ACCOUNTS_INVITE)
    persons = (
        Person.objects.visible_to(request.user)
        .at_work()
        .filter(user=None, employments__isnull=False, copied=False)
        .distinct()
    )
    asked = SUGGESTED.get(request.GET.get("of", ""))
    chosen = list(persons.filter(asked).values_list("pk", flat=True)) if asked else []
    form = NewAccountsForm(request.POST or None, persons=persons, initial={"persons": chosen})
    if request.method == "POST" and form.is_valid():
        slips = "slips" in request.POST
        act = account_acts.create_with_slips if slips else account_acts.create
        made = act_with_form(form, lambda: act(form.cleaned_data["persons"], by=request.user))
        if made and slips:
            return slips_pdf(made)
        if made is not None:
            number = plural(len(made), "учётная запись,учётные записи,учётных записей")
            messages.success(request, f"Заведено: {number}. Теперь выдайте приглашения")
            return redirect(reverse("people:accounts") + "?show=never")
    context = {
        "form": form,
        "heading": "Новые учётные записи",
        "submit": "Завести учётные записи",
        "cancel_url": reverse("people:accounts"),
        "lead": (
            "Имя для входа составится из фамилии и инициалов. Войти можно будет по приглашению: письмом или на листке."
        ),
        "is_empty": not persons.exists(),
    }
    return render(request, "people/accounts/accounts_new.html", context)


def account_one(request, pk):
    """One account and what can be done with it."""
    require(request.user, Right.ACCOUNTS_INVITE)
    user = get_object_or_404(accounts(), pk=pk)
    context = {
        "account": user,
        "badge": presenters.badge(user),
        "facts": presenters.facts(user),
        "actions": presenters.actions(user, request.user),
    }
    return render(request, "people/accounts/account_one.html", context)


@require_http_methods(["GET", "POST"])
def account_letters(request):
    """Invite those who are ticked in the list by letters."""
    return LETTERS.answer(request, ACCOUNTS, accounts())


@require_http_methods(["GET", "POST"])
def account_slips(request):
    """Invite those who are ticked in the list by slips on one PDF."""
    return SLIPS.answer(request, ACCOUNTS, accounts())


def _slips(request, users: list[User], back: str):
    """Issue codes and answer with the PDF; whoever cannot be invited stops the whole sheet with a sentence."""
    try:
        issued = account_acts.invite_on_paper(users, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return slips_pdf(issued)


def account_edit(request, pk):
    """User name and e-mail."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE)
    form = AccountForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if is_privileged(user.person_id):
        form.keep_email()
    if request.method == "POST" and form.is_valid():
        done = act_with_form(form, lambda: account_acts.edit(user, by=request.user, **form.cleaned_data))
        if done:
            messages.success(request, f"{user.person.short_name}: имя для входа — {done.username}")
            return redirect(_url(user))
    context = {"form": form, "heading": f"Учётная запись: {user.person.short_name}", "cancel_url": _url(user)}
    return render(request, "form.html", context)


# Acts after a question


@dataclass(frozen=True)
class Question:
    """What is asked before an act on one account and said afterwards; ``{user}`` stands for the account."""

    heading: str
    submit: str
    consequences: tuple[str, ...]
    done: str = ""
    danger: bool = False


LETTER = Question(
    "Послать приглашение?",
    "Послать письмо",
    (
        "На {user.email} уйдёт одноразовая ссылка, по которой {user.person.short_name} задаст пароль",
        f"Ссылка действует {LIFE_DAYS} дней; прежние приглашения перестанут работать",
    ),
    done="Приглашение составлено: {user.email}",
)
SLIP = Question(
    "Напечатать листок?",
    "Получить листок в PDF",
    (
        "На листке одноразовый код и адрес, где его ввести. Отдайте его лично в руки",
        f"Код действует {LIFE_DAYS} дней; прежние приглашения перестанут работать",
    ),
)
DISABLE = Question(
    "Закрыть учётную запись?",
    "Закрыть",
    (
        "Вход прекратится сразу на всех устройствах; приглашения перестанут действовать",
        "Роли, пары и программы человека останутся: их заканчивают отдельно",
    ),
    done="{user.person.short_name}: учётная запись закрыта",
    danger=True,
)
ENABLE = Question(
    "Снова открыть учётную запись?",
    "Открыть",
    ("Человек сможет войти с прежним паролем",),
    done="{user.person.short_name}: учётная запись открыта",
)
ENABLE_ANEW = Question(
    "Снова открыть учётную запись?",
    "Открыть",
    (
        "Прежний пароль и вход с кодом действовать не будут",
        "Новый вход, листком или письмом, один просит, другой подтверждает: запрос подают на странице учётной записи",
    ),
    done="{user.person.short_name}: учётная запись открыта, но войти пока нельзя. Попросите листок",
)
CODES = Question(
    "Сбросить вход с кодом?",
    "Сбросить",
    (
        "Сначала убедитесь, что просит именно этот человек: лучше лично, чем по телефону",
        (
            "Его сеансы закончатся, запасные коды перестанут действовать; при следующем входе он настроит"
            " приложение заново"
        ),
    ),
    done="{user.person.short_name}: вход с кодом сброшен",
    danger=True,
)


def account_letter(request, pk):
    """Send an invitation by letter."""
    if asking := _asking(request, pk, "letter"):
        return asking
    return _asked(request, _account(request, pk), LETTER, account_acts.invite)


def account_slip(request, pk):
    """Print a slip for one person."""
    if asking := _asking(request, pk, "slip"):
        return asking
    user = _account(request, pk)
    return _slips(request, [user], _url(user)) if request.method == "POST" else _ask(request, user, SLIP)


def account_disable(request, pk):
    """Close an account."""
    return _asked(request, _account(request, pk, Right.ACCOUNTS_MANAGE), DISABLE, account_acts.disable)


def account_enable(request, pk):
    """Open a closed account."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE)
    question = ENABLE_ANEW if is_privileged(user.person_id) else ENABLE
    return _asked(request, user, question, account_acts.enable)


def account_codes(request, pk):
    """Reset a second factor."""
    if asking := _asking(request, pk, "codes"):
        return asking
    return _asked(request, _account(request, pk, Right.ACCOUNTS_MANAGE), CODES, account_acts.reset_second_factor)


def _asking(request, pk: int, kind: str):
    """To the page that asks another person, for an account whose access nobody changes alone; else None."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE if kind == "codes" else Right.ACCOUNTS_INVITE)
    if not is_privileged(user.person_id):
        return None
    require(request.user, Right.ACCOUNTS_MANAGE)
    return redirect("people:access_ask", kind, user.pk)


def _account(request, pk: int, right: Right = Right.ACCOUNTS_INVITE) -> User:
    require(request.user, right)
    return get_object_or_404(User.objects.select_related("person"), pk=pk)


def _url(user: User) -> str:
    return reverse("people:account_one", args=[user.pk])


def _asked(request, user: User, question: Question, act: Callable):
    """Ask by GET, act by POST."""
    if request.method != "POST":
        return _ask(request, user, question)
    success = question.done.format(user=user)
    return act_and_redirect(request, lambda: act(user, by=request.user), success=success, to=_url(user))


def _ask(request, user: User, question: Question):
    context = {
        "heading": question.heading,
        "lead": f"{user.person.full_name}, имя для входа {user.username}",
        "submit": question.submit,
        "consequences": [sentence.format(user=user) for sentence in question.consequences],
        "cancel_url": _url(user),
        "danger": question.danger,
    }
    return render(request, "confirm.html", context)
