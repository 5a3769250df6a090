"""One's own account, and the first password by an invitation or by the code of a printed slip."""

from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mentoring_site.form_handling import act_with_form
from mentoring_site.workflow import Already, Refused
from people.accounts import acts as account_acts
from people.accounts import throttling
from people.accounts.forms import CodeOfSlipForm, FirstPasswordForm
from people.accounts.models import Invitation, User
from people.accounts.presenters import own_facts


def account(request):
    """One's own account: name, roles, password, second factor."""
    context = {"facts": own_facts(request.user), "has_codes": request.user.has_second_factor}
    return render(request, "people/accounts/account.html", context)


@login_not_required
@never_cache
def invitation_code(request):
    """Where the code of a printed slip is typed. Guesses are throttled by address."""
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
        return _gone(request, refusal)
    form = FirstPasswordForm(request.POST or None, user=found.user, needs_part=bool(found.part_hash))
    if request.method == "POST" and form.is_valid():
        try:
            user = act_with_form(form, lambda: _accept(request, found, form.cleaned_data))
        except Gone as refusal:
            return _gone(request, refusal)
        if user:
            return log_in(request, user)
    context = {"form": form, "person": found.user.person, "username": found.user.username}
    return render(request, "people/accounts/invitation.html", context)


class Gone(Exception):
    """The invitation was used or replaced meanwhile."""


def _accept(request, found: Invitation, data: dict) -> User:
    """Set the password; guesses of the second half of a code are throttled for the invitation and by address."""
    part = data.get("part", "")
    if found.part_hash:
        attempt = throttling.login_attempt(f"part:{found.pk}", f"invitation:{get_ip(request)}")
        if account_acts.is_part(found, part):
            attempt.succeeded()
    try:
        return account_acts.accept(found, password=data["password1"], part=part)
    except Already as refusal:
        raise Gone(str(refusal)) from refusal


def _gone(request, refusal: Exception):
    return render(request, "people/accounts/invitation_gone.html", {"why": str(refusal)}, status=404)


def _open(request, code: str) -> Invitation:
    """Find the invitation of a code; raises ``Refused`` when there is none, ``Throttled`` after many wrong ones."""
    attempt = throttling.login_attempt(f"invitation:{get_ip(request)}")
    found = account_acts.open_invitation(code)
    if found is None:
        raise Refused(
            "Это приглашение устарело, уже использовано или заменено новым. Проверьте код или попросите новое у"
            " куратора"
        )
    attempt.succeeded()
    return found


def log_in(request, user: User):
    """Log in through all stages of django-allauth, so that a second factor is asked for when there is one."""
    if request.user.is_authenticated:
        flows.logout.logout(request, show_message=False)
    flows.login.record_authentication(request, user, method="password")
    return flows.login.perform_login(request, Login(user=user))
