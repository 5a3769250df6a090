"""Rules of sessions: a second factor first and no more than 30 idle minutes for those who approve or administer;
what lies on the device is cleared when its user leaves or changes.

A form sent after the session has ended is stored until the next login (people/accounts/resubmission.py).
"""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.shortcuts import redirect
from django.urls import reverse

from people.accounts import resubmission

IDLE_SECONDS = 30 * 60
SEEN_COOKIE = "__Host-seen" if settings.HTTPS else "seen"
SEEN_SALT = "people.idle"
BEGAN = "idle_began"
CLEARED = '"cache", "storage"'  # cookies stay: the device must be known again (people/accounts/throttling.py)
WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_logout",
    "setup",
    "setup_step",
    "setup_finish",
}


def idle_sessions(get_response):
    """End a privileged session after 30 idle minutes.

    The moment of the last answer travels in a cookie that is signed for this session, so that no page writes anything:
    a changed cookie is no cookie, an old one only ends the session earlier. The session itself knows when it began:
    without the cookie it lasts 30 minutes.
    """

    def middleware(request):
        if not request.user.is_authenticated or not request.user.is_privileged:
            return get_response(request)
        now = time.time()
        if BEGAN not in request.session:
            request.session[BEGAN] = now
        if now - _last_seen(request) >= IDLE_SECONDS:
            logout(request)
            if request.method == "POST":  # the fields are stored when the form is found to be ours
                return get_response(request)
            messages.info(request, "Вы полчаса ничего не делали, поэтому вход закончился. Войдите ещё раз")
            return redirect_to_login(
                request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
            )
        response = get_response(request)
        if request.user.is_authenticated:
            response.set_cookie(
                SEEN_COOKIE, _signer(request).sign(f"{now:.0f}"), secure=settings.HTTPS, httponly=True, samesite="Lax"
            )
        return response

    return middleware


def _last_seen(request) -> float:
    """Return when this session was last answered, in seconds: by its cookie, else when it began."""
    try:
        return max(float(_signer(request).unsign(request.COOKIES.get(SEEN_COOKIE, ""))), request.session[BEGAN])
    except BadSignature:
        return request.session[BEGAN]


def _signer(request) -> Signer:
    return Signer(salt=f"{SEEN_SALT}:{request.session.session_key}")


def clear_device(get_response):
    """Ask the browser to delete what it keeps of the site at an explicit logout and when somebody else logs in.

    It looks at who was the last to work in this browser before the view, and at who is logged in after it.
    """

    def middleware(request):
        before = resubmission.owner(request)
        response = get_response(request)
        after = request.user.pk if request.user.is_authenticated else None
        left = getattr(request, "has_logged_out", False)
        if left or (after and before not in (None, after)):
            response.headers["Clear-Site-Data"] = CLEARED
        if left and not after:
            resubmission.forget_owner(response)
        return response

    return middleware


def resubmit_after_login(get_response):
    """Store a form that is sent after the session has ended, and lead through the login back to it.

    Stands after the check of the form's token and before the login is required.
    """

    def middleware(request):
        response = get_response(request)
        if not request.user.is_authenticated:
            return response
        resubmission.sign_owner(request, response)
        found = resubmission.stored_for(request)
        sent = request.method == "POST" and found and found["path"] == request.get_full_path()
        if sent and response.status_code < 400:
            resubmission.forget(request)
        return response

    def process_view(request, view, args, kwargs):
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if not resubmission.may_be_stored(request):
            return None
        if resubmission.store(request):
            messages.info(request, "Сеанс закончился, но набранное сохранено. Войдите, и его можно будет отправить")
            return redirect_to_login(reverse("people:resubmission"))
        if resubmission.owner(request):  # too long to store; a stranger gets no session for a message
            messages.warning(request, "Сеанс закончился, ничего не отправлено: текст слишком длинный. Войдите ещё раз")
        return redirect_to_login(settings.LOGIN_REDIRECT_URL)

    middleware.process_view = process_view
    return middleware


def second_factor(get_response):
    """Send a privileged user without a second factor to set it up; every page that needs a login is
    closed till then.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        user = request.user
        if settings.DEMO or not user.is_authenticated or user.has_second_factor or not user.is_privileged:
            return None
        if not getattr(view, "login_required", True) or request.resolver_match.url_name in WITHOUT_SECOND_FACTOR:
            return None
        return redirect("mfa_activate_totp")

    middleware.process_view = process_view
    return middleware
