"""One's own account, the list of accounts, invitations and slips."""

from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.lists import page_of, wants_xlsx, xlsx_url
from mentoring_site.pdf.render import render_pdf
from mentoring_site.russian import ago, as_date, plural, rudate
from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.xlsx.writer import stream_xlsx
from people.accounts import acts as account_acts
from people.accounts import throttling
from people.accounts.forms import (
    ACCOUNT_SORTS,
    AccountFilters,
    AccountForm,
    CodeOfSlipForm,
    FirstPasswordForm,
    NewAccountsForm,
)
from people.accounts.models import User
from people.language.names import agree
from people.register.models import Person
from people.rights import Right, label
from people.school.models import School

COLUMNS = ("Человек", "Имя для входа", "E-mail", "Состояние", "Был(а) здесь", "Вход с кодом")


def account(request):
    """One's own account: name, roles, password, second factor."""
    user = request.user
    facts = [
        {"label": "Человек", "value": user.person.full_name, "url": user.person.get_absolute_url()},
        {"label": "Имя для входа", "value": user.username},
        {
            "label": "E-mail",
            "value": user.email or "не указан: восстановить пароль по почте нельзя, новый листок даст куратор",
        },
        {"label": "Роли", "value": account_acts.me(user)["roles_line"] or "без ролей"},
        {"label": "Вход с кодом", "value": "включён" if user.has_second_factor else "не включён"},
    ]
    return render(request, "people/accounts/account.html", {"facts": facts, "has_codes": user.has_second_factor})


@login_not_required
@never_cache
def invitation_code(request):
    """Where the code of a printed slip is typed. Guesses are braked by address."""
    form = CodeOfSlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation = act_with_form(form, lambda: _open(request, form.cleaned_data["code"]))
        if invitation:
            return redirect("people:invitation", code="".join(c for c in form.cleaned_data["code"] if c.isdigit()))
    return render(request, "people/accounts/invitation_code.html", {"form": form})


@login_not_required
@never_cache
def invitation(request, code):
    """The first password by a one-time link. Looking changes nothing: scanners of letters open links too."""
    try:
        found = _open(request, code)
    except Refused as refusal:
        return render(request, "people/accounts/invitation_gone.html", {"why": str(refusal)}, status=404)
    form = FirstPasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = account_acts.accept(found, password=form.cleaned_data["password1"])
        except Already as refusal:
            return render(request, "people/accounts/invitation_gone.html", {"why": str(refusal)}, status=404)
        return log_in(request, user)
    return render(
        request,
        "people/accounts/invitation.html",
        {"form": form, "person": found.user.person, "username": found.user.username},
    )


def _open(request, code):
    """Find the invitation of a code; raises ``Refused`` when there is none and ``Paused`` after many wrong ones."""
    taken = throttling.attempt(f"invitation:{get_ip(request)}")
    found = account_acts.open_invitation(code)
    if found is None:
        raise Refused(
            "Это приглашение устарело, уже использовано или заменено новым. Проверьте код или попросите новое у"
            " куратора"
        )
    taken.succeeded()
    return found


def log_in(request, user):
    """Log in through all stages of django-allauth, so that a second factor is asked for when there is one."""
    if request.user.is_authenticated:
        flows.logout.logout(request, show_message=False)
    flows.login.record_authentication(request, user, method="password")
    return flows.login.perform_login(request, Login(user=user))


def account_list(request):
    """All accounts: who may log in, who never did, who has a second factor."""
    _need(request, Right.ACCOUNTS_INVITE)
    form = AccountFilters(request.GET or None)
    users = _filtered(form.chosen() if form.is_bound else {})
    if wants_xlsx(request):
        rows = (_cells(user) for user in users.iterator(chunk_size=500))
        return stream_xlsx(f"Учётные записи {timezone.localdate():%d.%m.%Y}", "Учётные записи", COLUMNS, rows)
    context, url = page_of(users, request), reverse("people:accounts")
    context |= {
        "rows": [_row(user) for user in context["page_obj"]],
        "filters": form,
        "url": url,
        "xlsx_url": xlsx_url(request, url),
        "found": plural(context["page_obj"].paginator.count, "учётная запись,учётные записи,учётных записей"),
    }
    return render(request, "people/accounts/accounts.html", context)


def _filtered(chosen: dict):
    users = (
        User.objects.select_related("person")
        .order_by(*ACCOUNT_SORTS[chosen.get("sort", "")][1])
        .annotate(
            has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type="totp")),
            seen=Coalesce("last_seen_at", "last_login"),
        )
    )
    text, show = chosen.get("q", ""), chosen.get("show")
    if text:
        users = users.filter(Q(person__in=Person.objects.found_by(text)) | Q(username__startswith=text.lower()))
    return {
        "never": users.filter(last_login=None),
        "disabled": users.filter(is_active=False),
        "codes": users.filter(has_second_factor=True),
        "nocodes": users.filter(has_second_factor=False),
    }.get(show, users)


def _badge(user) -> dict:
    if not user.is_active:
        return {"word": "закрыта", "tone": "stopped"}
    if user.last_login is None:
        return {"word": agree(user.person.gender, "ещё не входил", "ещё не входила"), "tone": "others"}
    return {"word": "работает", "tone": "done"}


def _cells(user) -> list:
    """A row of the workbook."""
    return [
        user.person.full_name,
        user.username,
        user.email,
        _badge(user)["word"],
        as_date(user.seen),
        "да" if user.has_second_factor else "нет",
    ]


def _row(user) -> dict:
    """What the list shows of an account."""
    return {
        "pk": user.pk,
        "name": user.person.full_name,
        "username": user.username,
        "email": user.email,
        "badge": _badge(user),
        "url": reverse("people:account_one", args=[user.pk]),
        "seen": ago(user.seen) if user.seen else "",
        "codes": "вход с кодом" if user.has_second_factor else "",
    }


def account_new(request):
    """Accounts for many people at once."""
    _need(request, Right.ACCOUNTS_INVITE)
    persons = (
        Person.objects.visible_to(request.user).filter(user=None, employments__isnull=False, copied=False).distinct()
    )
    form = NewAccountsForm(request.POST or None, persons=persons)
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: account_acts.create(form.cleaned_data["persons"], by=request.user))
        if made is not None:
            messages.success(
                request,
                f"Заведено: {plural(len(made), 'учётная запись,учётные записи,учётных записей')}. Теперь выдайте"
                " приглашения",
            )
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
    _need(request, Right.ACCOUNTS_INVITE)
    user = get_object_or_404(_filtered({}), pk=pk)
    live = user.invitations.filter(used_at=None).order_by("-created_at").first()
    facts = [
        {"label": "Человек", "value": user.person.full_name, "url": user.person.get_absolute_url()},
        {"label": "Имя для входа", "value": user.username},
        {"label": "E-mail", "value": user.email or "не указан"},
        {"label": "Роли", "value": ", ".join(label(r) for r in sorted(user.roles)) or "без ролей"},
        {"label": "Последний вход", "value": ago(user.last_login) if user.last_login else "ещё не было"},
        {"label": "Вход с кодом", "value": "включён" if user.has_second_factor else "не включён"},
        {
            "label": "Приглашение",
            "value": (
                f"действует до {rudate(live.expires_at)}" if live and account_acts.is_open(live) else "нет действующего"
            ),
        },
    ]
    context = {"account": user, "badge": _row(user)["badge"], "facts": facts, "actions": _actions(user, request.user)}
    return render(request, "people/accounts/account_one.html", context)


def _actions(user, by) -> list[dict]:
    """Acts on one account; those that are not possible stay with their reasons."""
    own = user.pk == by.pk
    invites = account_acts.may_invite(user, by)
    acts = [
        (
            "letter",
            "Послать приглашение письмом",
            "people:account_letter",
            user.is_active and user.email and invites,
            (
                "Нужны e-mail и открытая учётная запись; руководителю и тому, кто уже входил, приглашение выдаёт"
                " куратор или администратор"
            ),
        ),
        (
            "slip",
            "Напечатать одноразовый листок",
            "people:account_slip",
            user.is_active and invites,
            "Учётная запись закрыта, или приглашение выдаёт только куратор или администратор",
        ),
    ]
    if by.can(Right.ACCOUNTS_MANAGE):
        acts.append(("edit", "Изменить имя для входа или e-mail", "people:account_edit", True, ""))
        if user.has_second_factor:
            acts.append(
                (
                    "codes",
                    "Сбросить вход с кодом",
                    "people:account_codes",
                    not own,
                    "Свой меняют на странице «Моя учётная запись»",
                )
            )
        verb = (
            ("disable", "Закрыть учётную запись", "people:account_disable")
            if user.is_active
            else ("enable", "Снова открыть", "people:account_enable")
        )
        acts.append((*verb, not own, "Свою учётную запись закрыть нельзя: это сделает другой администратор"))
    return [
        {
            "verb": verb,
            "label": words,
            "url": reverse(route, args=[user.pk]),
            "primary": False,
            "enabled": bool(can),
            "reasons": [] if can else [why],
            "confirm": True,
            "danger": verb == "disable",
        }
        for verb, words, route, can, why in acts
    ]


def account_letter(request, pk):
    """Send an invitation by letter, after a question."""
    user = _account(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: account_acts.invite(user, by=request.user),
            success=f"Приглашение послано на {user.email}",
            to=_page(user),
        )
    return _ask(
        request,
        user,
        "Послать приглашение?",
        "Послать письмо",
        [
            f"На {user.email} уйдёт одноразовая ссылка, по которой {user.person.short_name} задаст пароль",
            f"Ссылка действует {account_acts.INVITATION_LIFE.days} дней; прежние приглашения перестанут работать",
        ],
    )


def account_slip(request, pk):
    """Print a slip for one person, after a question."""
    user = _account(request, pk)
    if request.method == "POST":
        return _slips(request, [user], _page(user))
    return _ask(
        request,
        user,
        "Напечатать листок?",
        "Получить листок в PDF",
        [
            "На листке одноразовый код и адрес, где его ввести. Отдайте его лично в руки",
            f"Код действует {account_acts.INVITATION_LIFE.days} дней; прежние приглашения перестанут работать",
        ],
    )


@require_POST
def account_invite_many(request):
    """Invite everybody marked in the list: by letters, or by slips on one PDF."""
    _need(request, Right.ACCOUNTS_INVITE)
    marked = [int(pk) for pk in request.POST.getlist("user") if pk.isdecimal() and len(pk) < 18]
    users = list(User.objects.filter(pk__in=marked).select_related("person").order_by("person__last_name"))
    if not users:
        messages.error(request, "Отметьте в списке, кого пригласить")
        return redirect("people:accounts")
    if "slips" in request.POST:
        return _slips(request, users, reverse("people:accounts"))
    sent, refused = 0, []
    for user in users:
        try:
            account_acts.invite(user, by=request.user)
            sent += 1
        except Refused as refusal:
            refused.append(str(refusal))
    if sent:
        messages.success(request, f"Отправлено: {plural(sent, 'приглашение,приглашения,приглашений')}")
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("people:accounts")


def _slips(request, users, back):
    """Issue codes and answer with the PDF; whoever cannot be invited stops the whole sheet with a sentence."""
    try:
        issued = account_acts.invite_on_paper(users, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    school = School.get()
    facts = {
        "school": {"short_name": school.organisation.short_name if school else ""},
        "site": settings.SITE_URL + reverse("people:invitation_code"),
        "slips": [
            {
                "name": one.invitation.user.person.full_name,
                "post": f"имя для входа: {one.invitation.user.username}",
                "code": one.printed_code,
                "until": timezone.localdate(one.invitation.expires_at).isoformat(),
                "url": one.url,
            }
            for one in issued
        ],
    }
    response = HttpResponse(render_pdf("documents/slip.html", facts), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="priglasheniya.pdf"'
    return response


def account_edit(request, pk):
    """User name and e-mail."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE)
    form = AccountForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        done = act_with_form(form, lambda: account_acts.edit(user, by=request.user, **form.cleaned_data))
        if done:
            messages.success(request, f"{user.person.short_name}: имя для входа — {done.username}")
            return redirect(_page(user))
    context = {"form": form, "heading": f"Учётная запись: {user.person.short_name}", "cancel_url": _page(user)}
    return render(request, "form.html", context)


def account_disable(request, pk):
    """Close an account, after a question."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: account_acts.disable(user, by=request.user),
            success=f"{user.person.short_name}: учётная запись закрыта",
            to=_page(user),
        )
    return _ask(
        request,
        user,
        "Закрыть учётную запись?",
        "Закрыть",
        [
            "Вход прекратится сразу на всех устройствах; приглашения перестанут действовать",
            "Роли, пары и программы человека останутся: их заканчивают отдельно",
        ],
        danger=True,
    )


def account_enable(request, pk):
    """Open a closed account, after a question."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: account_acts.enable(user, by=request.user),
            success=f"{user.person.short_name}: учётная запись открыта",
            to=_page(user),
        )
    return _ask(request, user, "Снова открыть учётную запись?", "Открыть", ["Человек сможет войти с прежним паролем"])


def account_codes(request, pk):
    """Reset a second factor, after a question."""
    user = _account(request, pk, Right.ACCOUNTS_MANAGE)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: account_acts.reset_second_factor(user, by=request.user),
            success=f"{user.person.short_name}: вход с кодом сброшен",
            to=_page(user),
        )
    return _ask(
        request,
        user,
        "Сбросить вход с кодом?",
        "Сбросить",
        [
            "Сначала убедитесь, что просит именно этот человек: лучше лично, чем по телефону",
            (
                "Его сеансы закончатся, запасные коды перестанут действовать; при следующем входе он настроит"
                " приложение заново"
            ),
        ],
        danger=True,
    )


def _need(request, right):
    """Refuse with 403 unless one of the user's roles gives the right."""
    if not request.user.can(right):
        raise PermissionDenied("Учётные записи ведут куратор, специалист по кадрам и системный администратор")


def _account(request, pk, right=Right.ACCOUNTS_INVITE):
    _need(request, right)
    return get_object_or_404(User.objects.select_related("person"), pk=pk)


def _page(user):
    return reverse("people:account_one", args=[user.pk])


def _ask(request, user, heading, submit, consequences, danger=False):
    context = {
        "heading": heading,
        "lead": f"{user.person.full_name}, имя для входа {user.username}",
        "submit": submit,
        "consequences": consequences,
        "cancel_url": _page(user),
        "danger": danger,
    }
    return render(request, "confirm.html", context)
