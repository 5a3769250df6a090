"""Pages of letters for those who run the system: settings of mail, a test letter, the journal."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.mail import is_configured
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Crumb, Fact
from people.accounts.requests import UserRequest
from people.letters import acts
from people.letters.journal import LETTERS, STATES, letters
from people.rights import Right
from people.roles.letters import address_of

LETTER = "письмо,письма,писем"


@require_GET
def mail(request: UserRequest) -> HttpResponseBase:
    """What is set, what has become of the letters of a week, and a test letter to oneself."""
    require(request.user, Right.HEALTH_SEE)
    recent = letters().filter(created_at__gte=timezone.now() - timedelta(days=7))
    counts = {code: recent.filter(condition).count() for code, (_, condition) in STATES.items()}
    journal = reverse("people:letters")
    context = {
        "configured": is_configured(),
        "facts": _settings(),
        "week": [
            Fact(words.capitalize(), plural(counts[code], LETTER), url=f"{journal}?show={code}")
            for code, (words, _) in STATES.items()
        ],
        "address": address_of(request.user.person),
        "crumbs": [Crumb("Состояние системы", reverse("health_details")), Crumb("Почта")],
    }
    return render(request, "people/letters/mail.html", context)


def _settings() -> list[Fact]:
    """The settings as the environment gives them; the password and the user's name are never shown."""
    if not is_configured():
        return [Fact("Почтовый сервер", "не указан", note="переменная EMAIL_URL")]
    secure = "TLS с начала связи" if getattr(settings, "EMAIL_USE_SSL", False) else ""
    secure = secure or ("TLS по команде STARTTLS" if getattr(settings, "EMAIL_USE_TLS", False) else "без защиты")
    return [
        Fact("Почтовый сервер", _server(), note="EMAIL_URL"),
        Fact("Защита связи", secure),
        Fact("Имя и пароль", "заданы" if settings.EMAIL_HOST_USER else "не заданы", note="сам пароль не показывается"),
        Fact("От кого письма", settings.DEFAULT_FROM_EMAIL, note="DEFAULT_FROM_EMAIL"),
        Fact("Ссылки в письмах ведут на", settings.SITE_URL, note="SITE_URL"),
    ]


def _server() -> str:
    """Return the address of the mail server: «smtp.school.example:465»."""
    return ":".join(str(part) for part in (settings.EMAIL_HOST or "localhost", settings.EMAIL_PORT) if part)


@require_POST
def mail_test(request: UserRequest) -> HttpResponseBase:
    """Send a test letter to oneself and say what the server answered."""
    return act_and_redirect(
        request,
        lambda: acts.send_test(by=request.user),
        success=lambda to: (
            f"Почтовый сервер принял письмо на {to}. Если его нет через пять минут, посмотрите в папке «Спам»"
        ),
        to="people:mail",
    )


@require_GET
def journal(request: UserRequest) -> HttpResponseBase:
    """The delivery journal."""
    require(request.user, Right.HEALTH_SEE)
    crumbs = [Crumb("Почта", reverse("people:mail")), Crumb("Журнал писем")]
    return LETTERS.answer(request, letters(), crumbs=crumbs)


@require_POST
def letter_again(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send one letter again, or one that waits at once."""
    require(request.user, Right.HEALTH_SEE)
    letter = get_object_or_404(letters(), pk=pk)
    return act_and_redirect(
        request,
        lambda: acts.send_again(letter, by=request.user),
        success="Письмо снова в очереди, уйдёт за минуту",
        to="people:letters",
    )
