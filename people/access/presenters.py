"""What pages show of a request of access."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rudate, rutime
from mentoring_site.ui.elements import Action, Badge, Fact
from people.access import acts, rules
from people.access.models import WAITS, AccessRequest
from people.accounts.models import User

Kind, State = AccessRequest.Kind, AccessRequest.State
TONES: dict[str, Any] = {
    State.ASKED: "others",
    State.RELEASED: "done",
    State.REFUSED: "stopped",
    State.LAPSED: "stopped",
}
ANSWERED: dict[str, str] = {State.RELEASED: "Кто подтвердил", State.REFUSED: "Кто остановил"}
OWNER_QUESTION = "Вы знаете об этом изменении?"
CONSEQUENCES = {
    Kind.SLIP: (
        "{asker} напечатает листок с одноразовым кодом и отдаст его владельцу",
        "Вам на следующей странице покажут второй код: скажите его владельцу сами. Без него листок ничего не откроет",
    ),
    Kind.LETTER: (
        "Письмо со ссылкой уйдёт на {email}",
        "Вам на следующей странице покажут второй код: скажите его владельцу сами. Без него ссылка ничего не откроет",
    ),
    Kind.CODES: (
        "Сеансы закончатся, запасные коды перестанут действовать; приложение владелец настроит заново при входе",
    ),
    Kind.EMAIL: (
        "Входить можно будет по новому e-mail: {new}",
        "Письма со ссылкой для пароля пойдут на него, только когда владелец войдёт и подтвердит его",
    ),
    Kind.CONTACT: ("В сведениях о человеке будет новый e-mail: {new}",),
    Kind.ROLE: ("Права роли начнут действовать с указанного дня",),
}
TOLD = (
    "Владелец узнает об этом на своей главной странице, а где подключена почта, и письмом; то, что он сделает за первые"
    " сутки, будет отмечено"
)
RENEWED = (
    "Доступ к этой учётной записи до сих пор выдавал один человек, поэтому прежний пароль перестанет действовать: Вам"
    " покажут код для владельца, а {asker} напечатает ему новый листок"
)


def badge(request: AccessRequest) -> Badge:
    """Return the state in a word."""
    return Badge(request.get_state_display(), TONES[request.state])


def moment(value: Any) -> str:
    """«29 ноября 2026 г., 22:15»."""
    local = timezone.localtime(value)
    return f"{rudate(local.date())}, {rutime(local)}"


def _day(text: str | None) -> str:
    """A day as the request stores it, in words."""
    return rudate(date.fromisoformat(text)) if text else ""


def facts(request: AccessRequest) -> list[Fact]:
    """Return everything that is known of a request."""
    values = request.values
    mail = request.kind in (Kind.EMAIL, Kind.CONTACT)
    asked = f"{request.asked_by.person.short_name}, {moment(request.asked_at)}" if request.asked_by else ""
    answered = (
        request.released_by.person.short_name if request.released_by else ("на сервере" if request.by_server else "")
    )
    known = Fact.known(
        [
            ("Что просят", request.get_kind_display()),
            ("Роль", request.get_role_display() if request.role else ""),
            ("Приказ", f"№\u00a0{values['order_number']}" if values.get("order_number") else ""),
            (
                "С какого числа",
                _day(values.get("since")),
            ),
            (
                "По какое число",
                _day(values.get("until")),
            ),
            ("Прежний e-mail", (values.get("before") or "не указан") if mail else ""),
            ("Новый e-mail", (values.get("email") or "не указан") if mail else ""),
            ("Зачем", request.why),
            ("Кто просит", asked),
            ("Кто подтверждает", rules.who_releases(request) if request.state == State.ASKED else ""),
            ("Ждёт до", rudate(timezone.localdate(request.asked_at + WAITS)) if request.state == State.ASKED else ""),
            (ANSWERED.get(request.state, "Кто ответил"), answered),
            ("Когда решено", moment(request.released_at) if request.released_at else ""),
            ("Почему отказано", request.refused_why),
            ("Что сказал владелец", request.get_answer_display() if request.answer else ""),
        ]
    )
    return [Fact("Чей доступ", request.person.full_name, url=request.person.get_absolute_url()), *known]


def consequences(request: AccessRequest) -> list[str]:
    """Return what releasing will mean."""
    user = User.objects.filter(person=request.person_id).first()
    words = {
        "asker": request.asked_by.person.short_name if request.asked_by else "",
        "email": user.email if user else "",
        "new": request.values.get("email") or "не указан",
    }
    found = [sentence.format(**words) for sentence in CONSEQUENCES[Kind(request.kind)]]
    if request.kind == Kind.ROLE and user and acts.will_renew(request, user):
        found.append(RENEWED.format(**words))
    return [*found, TOLD]


def actions(request: AccessRequest, user: User) -> list[Action]:
    """Return the acts of the user on a request."""

    def action(name: str, label: str, *, primary: bool = False, danger: bool = False) -> Action:
        return Action(name, label, reverse(f"people:access_{name}", args=[request.pk]), primary, danger=danger)

    found = []
    if request.state == State.ASKED:
        if rules.may_release(request, user):
            found.append(action("release", "Подтвердить", primary=True))
        if rules.may_refuse(request, user):
            own = user.pk == request.asked_by_id
            found.append(action("refuse", "Отозвать запрос" if own else "Отказать"))
    if can_print(request, user):
        found.append(action("slip", "Напечатать листок", primary=True))
    if question(request, user):
        found += [action("mine", "Да, я знаю об этом", primary=True), action("not_mine", "Нет, это не я", danger=True)]
    if request in AccessRequest.objects.to_note() and acts.may_note(request, user):
        found.append(action("note", "Принять к сведению", primary=True))
    return found


def question(request: AccessRequest, user: User) -> str:
    """What the owner is asked on the page, or an empty string when it is not the owner's or answered."""
    return OWNER_QUESTION if request in AccessRequest.objects.told_to(user.person_id) else ""


def can_print(request: AccessRequest, user: User) -> bool:
    """Whether there is a slip that the user may print now."""
    released = request.state == State.RELEASED and request.part_hash and request.kind != Kind.LETTER
    unused = not (request.invitation and request.invitation.used_at)
    return bool(released and unused and user.pk == request.asked_by_id and request.usable_until > timezone.now())


def command(request: AccessRequest) -> str:
    """Return the command for the server when nobody else can release, or an empty string."""
    if request.state != State.ASKED or rules.can_anybody_release(request):
        return ""
    return f"manage.py setup_link --release {request.pk}"
