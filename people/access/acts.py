"""Acts of separation of duties: ask, release, refuse, lapse; what the owner answers; what was done on the server.

Nobody gets into a privileged account alone: whoever asks prints a slip, whoever releases tells the owner the second
half of the code, and the owner is told by every channel (docs/decisions/0013).
"""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.mail import send_template
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, check, perform, record
from people.access import rules
from people.access.models import AccessRequest
from people.accounts import acts as account_acts
from people.accounts import throttling
from people.accounts.acts import Issued
from people.accounts.models import FIRST_DAY, Invitation, User
from people.register.models import Person
from people.rights import ACTING, CHAIR, CLERK, DIRECTOR, PRIVILEGED, SECRETARY, Actor, Right
from people.roles import acts as role_acts
from people.roles.holders import is_privileged
from people.roles.letters import mail_person
from people.roles.models import RoleGrant

Kind, State = AccessRequest.Kind, AccessRequest.State
INVITATIONS_KEPT, AT_ONCE = timedelta(days=365), 500
OFFICES = (CHAIR, SECRETARY, CLERK)
BY_ONE_HAND = ("account-create", "account-invite", "account-edit", "account-second-factor", "account-enable")
"""Acts of the log by which one person alone changes the access to an account that is not privileged."""


def ask(kind: str, user: User, *, by: User, why: str, email: str = "") -> AccessRequest:
    """Ask for a way into a privileged account, or for a change of its e-mail.

    Raises ``NotAllowed``; ``Refused`` when it needs no release, could not be done anyhow, or waits already.
    """
    require(by, rules.ASKING[kind])
    if not is_privileged(user.person_id):
        raise Refused(f"{user.person.short_name}: подтверждать ничего не нужно, сделайте это сразу")
    if kind == Kind.EMAIL:
        email = account_acts.normalized(email)
        account_acts.refuse_taken(user, user.username, email)
        if email == user.email:
            raise Refused("Этот e-mail у учётной записи уже записан")
    else:
        account_acts.refuse_closed(user)
    if kind == Kind.LETTER and (not user.email or user.email_held):
        raise Refused("Письмо послать некуда: e-mail не указан или ещё не подтверждён. Попросите одноразовый листок")
    if kind == Kind.CODES and user.pk == by.pk:
        raise Refused("Свой второй фактор меняют на странице «Моя учётная запись»")
    if kind == Kind.CODES and not user.has_second_factor:
        raise Already(f"{user.person.short_name}: вход с кодом не включён")
    values = {"email": email, "before": user.email} if kind == Kind.EMAIL else {}
    return _asked(AccessRequest(kind=kind, person=user.person, asked_by=by, why=why, values=values))


@transaction.atomic
def ask_role(
    person: Person,
    role: str,
    *,
    by: User,
    why: str = "",
    since: date,
    until: date | None = None,
    order_number: str = "",
    order_date: date | None = None,
) -> AccessRequest:
    """Ask for a role that approves, signs or administers. Raises what giving it would raise."""
    role_acts.check(person, role, by=by, since=since, until=until, number=order_number, day=order_date)
    values = {
        "order_number": order_number.strip(),
        "order_date": order_date.isoformat() if order_date else None,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }
    return _asked(AccessRequest(kind=Kind.ROLE, person=person, role=role, asked_by=by, why=why, values=values))


def free_offices() -> list[str]:
    """Return the offices of a school that nobody holds and nobody has been asked for."""
    held = set(RoleGrant.objects.not_ended().filter(role__in=OFFICES).values_list("role", flat=True))
    asked = set(AccessRequest.objects.filter(kind=Kind.ROLE, state=State.ASKED).values_list("role", flat=True))
    return [role for role in OFFICES if role not in held | asked]


@transaction.atomic
def ask_offices(chosen: dict[str, Person], *, by: User) -> list[AccessRequest]:
    """Ask for several offices at once, from today; whoever has no account gets one, so that one release opens both.

    Takes persons by role. Raises what ``ask_role`` raises, ``Refused`` when nobody is named.
    """
    if not chosen:
        raise Refused("Выберите хотя бы одного человека")
    if by.can(Right.ACCOUNTS_INVITE):
        account_acts.create(dict.fromkeys(chosen.values()), by=by)
    since = timezone.localdate()
    return [ask_role(person, role, by=by, since=since) for role, person in chosen.items()]


def ask_for_order(grant: RoleGrant, *, by: User) -> AccessRequest:
    """Ask to release the access of a role that a registered order has given. Called by registration."""
    waiting = AccessRequest.objects.filter(person=grant.person, kind=Kind.ROLE, role=grant.role, state=State.ASKED)
    for older in waiting:
        perform(older, "lapse", by=None)
    values = {"grant": grant.pk, "order_number": grant.order_number, "since": grant.since.isoformat()}
    return _asked(
        AccessRequest(
            kind=Kind.ROLE,
            person=grant.person,
            role=grant.role,
            asked_by=by,
            values=values,
            why="По приказу",
        )
    )


def keep_email(person: Person, email: str, by: Actor | None) -> bool:
    """Take the change of a privileged person's e-mail over; False when it needs no release.

    Called by the register before it writes; ``by`` is None for an import by a command on the server.
    """
    one_at_a_time("roles")
    if not is_privileged(person.pk):
        return False
    asked = User.objects.get(pk=by.pk) if by is not None else None
    values = {"email": email, "before": person.email}
    for older in AccessRequest.objects.filter(person=person, kind=Kind.CONTACT, state=State.ASKED):
        if older.values["email"] == email:
            return True
        perform(older, "lapse", by=None)
    _asked(AccessRequest(kind=Kind.CONTACT, person=person, asked_by=asked, values=values))
    return True


@transaction.atomic
def _asked(request: AccessRequest) -> AccessRequest:
    """Write a new request; tell who releases and the owner. Raises ``Already`` when the same one waits."""
    request.for_chair = rules.is_chairs(request.person_id, request.role, request.asked_by)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise Already(f"Такой запрос уже ждёт: {what(request)}") from error
    record(request, "ask", by=request.asked_by, words="попросили о доступе", target=State.ASKED)
    for person in _releasers(request):
        about = {"request": request, "what": what(request), "url": request.get_absolute_url()}
        mail_person(person, "access_asked", asks=str(request.pk), **about)
    _tell_owner(request, "Попросили изменить доступ к Вашей учётной записи")
    return request


def what(request: AccessRequest) -> str:
    """Return in a few words what is asked: «роль «секретарь…»: Очирова С. Д.»."""
    role = f" «{request.get_role_display()}»" if request.role else ""
    return f"{request.get_kind_display()}{role}: {request.person.short_name}"


def _releasers(request: AccessRequest) -> list[Person]:
    """Everybody who may release it today."""
    asked = request.asked_by.person_id if request.asked_by else None
    grants = RoleGrant.objects.in_force().filter(role__in=rules.releasing(request), person__user__is_active=True)
    people = Person.objects.filter(pk__in=grants.values("person")).exclude(pk__in=[request.person_id, asked or 0])
    return list(people.select_related("user"))


def confirm_factor(user: User, typed: str, address: str | None) -> None:
    """Check that the user holds the second factor just now; the password where there is none (the demo).

    Throttled like a login, outside any transaction, so that a failure stays counted. Raises ``Refused``.
    """
    attempt = throttling.login_attempt(f"account:{user.pk}", f"address:{address or 'unknown'}")
    factors = Authenticator.objects.filter(user=user.pk)
    if factors.exists():
        right = any(factor.wrap().validate_code(typed.strip()) for factor in factors)
    else:
        right = user.check_password(typed)
    if not right:
        raise Refused("Код не подошёл. Возьмите новый код из приложения" if factors else "Пароль не подошёл")
    attempt.succeeded()


def release(request: AccessRequest, *, by: User, code: str, address: str | None = None) -> str:
    """Release what another person has asked for, with a fresh second factor, and carry it out.

    Returns the second half of the way to a password, for the owner alone; an empty string when there is none. Raises
    ``NotAllowed``, ``Already``, ``Refused`` with what stands against it.
    """
    check(request, "release", by=by)
    if _changed_today(by):
        raise Refused("Ваш собственный доступ сменился меньше суток назад: подтвердить можно будет через сутки")
    confirm_factor(by, code, address)
    with transaction.atomic():
        perform(request, "release", by=by, columns={"released_by": by, "released_at": timezone.now()})
        return _carry_out(request)


@transaction.atomic
def release_on_server(request: AccessRequest) -> Issued | None:
    """Release a request for a school where nobody else can log in; the director's home tells it until confirmed.

    Returns the link for a slip or a letter. Raises ``Already``, ``Refused``.
    """
    if rules.can_anybody_release(request):
        raise Refused(f"Этот запрос есть кому подтвердить: {rules.who_releases(request)}")
    perform(request, "release", by=None, columns={"released_at": timezone.now(), "by_server": True})
    if request.kind in (Kind.SLIP, Kind.LETTER):
        issued = account_acts.invite_on_server(request.person.user)
        _tell_owner(request, "На сервере выдана ссылка для входа в Вашу учётную запись")
        return issued
    _carry_out(request)
    return None


def link_on_server(user: User, *, second_factor: bool = False) -> Issued:
    """Issue a link on the server for an account, with the second factor reset when asked. Raises ``Refused``."""
    with transaction.atomic():
        issued = account_acts.invite_on_server(user)
        if second_factor:
            Authenticator.objects.filter(user=user).delete()
        note_server(user, Kind.SERVER)
    return issued


def note_server(user: User, kind: str) -> AccessRequest:
    """Write down what was done on the server: the owner and the director are told until they confirm."""
    request = AccessRequest.objects.create(
        kind=kind, person=user.person, state=State.RELEASED, released_at=timezone.now(), by_server=True
    )
    record(request, "server", by=None, words=f"{request.get_kind_display()}: сделано на сервере", target=State.RELEASED)
    _tell_owner(request, "На сервере выдана ссылка для входа в Вашу учётную запись")
    return request


def _carry_out(request: AccessRequest) -> str:
    """Do what was asked; return the second half of a way to a password, or an empty string."""
    part = {
        Kind.SLIP: _open_way,
        Kind.LETTER: _send_letter,
        Kind.CODES: _reset_codes,
        Kind.EMAIL: _change_email,
        Kind.CONTACT: _change_contact,
        Kind.ROLE: _give_role,
    }[Kind(request.kind)](request)
    _tell_owner(request, "Доступ к Вашей учётной записи изменён")
    return part


def _open_way(request: AccessRequest) -> str:
    part, stored = account_acts.new_part()
    AccessRequest.objects.filter(pk=request.pk).update(part_hash=stored)
    request.part_hash = stored
    return part


def _send_letter(request: AccessRequest) -> str:
    part = _open_way(request)
    _issue(request, on_paper=False)
    return part


def _reset_codes(request: AccessRequest) -> str:
    account_acts.reset_second_factor(request.person.user, by=_asker(request), released=True)
    account_acts.mark_changed(request.person.user)
    return ""


def _change_email(request: AccessRequest) -> str:
    user = request.person.user
    values = {"username": user.username, "email": request.values["email"]}
    account_acts.edit(user, by=_asker(request), released=True, **values)
    User.objects.filter(pk=user.pk).update(email_held=bool(request.values["email"]))
    account_acts.mark_changed(user)
    return ""


def _change_contact(request: AccessRequest) -> str:
    person = Person.objects.get(pk=request.person_id)
    person.email = request.values["email"]
    person.save(update_fields=["email"])
    record(person, "edit", by=request.asked_by, words="изменён e-mail", fields=["email"])
    return ""


def _give_role(request: AccessRequest) -> str:
    """Give the role, or release one that an order gave; who begins to be privileged gets the access anew."""
    one_at_a_time("roles")  # what one person alone does to the account is in the log before, or is refused after
    user = User.objects.filter(person=request.person_id).first()
    renews = user is not None and will_renew(request, user)
    values = request.values
    if grant := values.get("grant"):
        if not RoleGrant.objects.filter(pk=grant, waits=True).update(waits=False):
            raise Already("Этой роли у человека уже нет")
    else:
        days = {n: date.fromisoformat(values[n]) if values[n] else None for n in ("since", "until", "order_date")}
        role_acts.give(
            request.person,
            request.role,
            by=_asker(request),
            order_number=values["order_number"],
            released=True,
            since=days["since"] or timezone.localdate(),
            until=days["until"],
            order_date=days["order_date"],
        )
    if user is None:
        return ""
    account_acts.mark_changed(user)
    if not renews:
        return ""
    account_acts.renew(user)
    return _open_way(request)


def will_renew(request: AccessRequest, user: User) -> bool:
    """Whether the access is given anew with the role: somebody alone has opened an account that becomes privileged."""
    grants = RoleGrant.objects.not_ended().filter(person=request.person_id, role__in=PRIVILEGED, waits=False)
    return not grants.exists() and opened_by_one_hand(user)


def opened_by_one_hand(user: User) -> bool:
    """Whether somebody alone has given access to the account or changed it: then it must not become privileged."""
    acts = Act.objects.about(user.person).filter(verb__in=BY_ONE_HAND)
    return acts.exclude(actor=None).exclude(actor=user.pk).exclude(facts__has_key="released").exists()


def _asker(request: AccessRequest) -> User:
    """Who asked; the act is done in that name once another person has released it."""
    if request.asked_by is None:
        raise Refused("Этот запрос сделан на сервере")
    return request.asked_by


def require_asker(request: AccessRequest, user: User) -> None:
    """Refuse everybody but the one who asked. Raises ``NotAllowed``."""
    if user.pk != request.asked_by_id:
        raise NotAllowed("Листок печатает тот, кто его просил")


def require_owner(request: AccessRequest, user: User) -> None:
    """Refuse everybody but the owner of the account. Raises ``NotAllowed``."""
    if user.person_id != request.person_id:
        raise NotAllowed("На это отвечает сам владелец учётной записи")


def require_note(request: AccessRequest, user: User) -> None:
    """Refuse everybody whom it does not concern. Raises ``NotAllowed``."""
    if not may_note(request, user):
        raise NotAllowed("Это принимает к сведению директор, а о самом директоре — председатель методического совета")


def print_slip(request: AccessRequest, *, by: User) -> Issued:
    """Issue the slip of a released request to the one who asked. Raises ``NotAllowed``, ``Refused``."""
    require_asker(request, by)
    if request.state != State.RELEASED or not request.part_hash or request.kind == Kind.LETTER:
        raise Refused("Печатать нечего: запрос не о листке или ещё не подтверждён")
    if request.usable_until < timezone.now():
        raise Refused("Подтверждённым листком не воспользовались за три дня. Попросите снова")
    if request.invitation and request.invitation.used_at:
        raise Already("По этому листку уже вошли")
    return _issue(request, on_paper=True)


@transaction.atomic
def print_slips(*, by: User) -> list[Issued]:
    """Issue all released slips that the user has asked for and not printed. Raises ``Refused`` when there is none."""
    requests = AccessRequest.objects.to_print(by).select_related("person__user", "asked_by__person")
    if not (issued := [print_slip(request, by=by) for request in requests]):
        raise Refused("Подтверждённых листков, которые Вы ещё не напечатали, нет")
    return issued


@transaction.atomic
def _issue(request: AccessRequest, *, on_paper: bool) -> Issued:
    user = request.person.user
    issued = account_acts.invite(user, by=_asker(request), on_paper=on_paper, part_hash=request.part_hash)
    AccessRequest.objects.filter(pk=request.pk).update(invitation=issued.invitation)
    return issued


@transaction.atomic
def refuse(request: AccessRequest, *, by: User, why: str) -> AccessRequest:
    """Stop a request: who would release it, who asked, or the owner. Tells who asked. Raises as ``perform`` does."""
    perform(
        request,
        "refuse",
        by=by,
        columns={"released_by": by if by.pk != request.asked_by_id else None}
        | {"released_at": timezone.now(), "refused_why": why},
    )
    if request.asked_by and request.asked_by_id != by.pk:
        mail_person(request.asked_by.person, "access_refused", request=request, what=what(request))
    return request


def lapse_old() -> int:
    """Close requests that nobody answered in time; called by the clock. Returns how many."""
    late = list(AccessRequest.objects.late())
    for request in late:
        perform(request, "lapse", by=None)
    return len(late)


def forget_old_invitations() -> int:
    """Delete invitations a year after their end; the requests stay. Called by the clock. Returns how many."""
    old = Invitation.objects.filter(expires_at__lt=timezone.now() - INVITATIONS_KEPT)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return 0
    with transaction.atomic():
        AccessRequest.objects.filter(invitation__in=keys).update(invitation=None)
        Invitation.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def answer(request: AccessRequest, *, by: User, mine: bool) -> AccessRequest:
    """The owner says «знаю об этом» or «это не я»; the second locks the account and tells the director.

    Raises ``NotAllowed`` for others, ``Already`` when it is answered.
    """
    require_owner(request, by)
    said = AccessRequest.Answer.MINE if mine else AccessRequest.Answer.NOT_MINE
    if (
        not AccessRequest.objects.told_to(by.person_id)
        .filter(pk=request.pk)
        .update(answer=said, answered_at=timezone.now())
    ):
        raise Already("На это Вы уже ответили")
    words = "владелец знает о смене доступа" if mine else "владелец не узнал смену доступа: учётная запись закрыта"
    record(request, "answer", by=by, words=words)
    if mine:
        if email := confirms_email(request, by):
            User.objects.filter(pk=by.pk, email=email).update(email_held=False)
    else:
        account_acts.close(by)
        record(by.person, "account-disable", by=by, words="учётная запись закрыта: владелец не узнал смену доступа")
        for person in _who_notes(request):
            mail_person(person, "access_not_mine", request=request, what=what(request), url=request.get_absolute_url())
    request.refresh_from_db()
    return request


def confirms_email(request: AccessRequest, user: User) -> str:
    """Return the address to which links may go once the owner has said «знаю об этом»; nothing when none waits."""
    if request.kind == Kind.EMAIL:
        return request.values["email"]
    changes = AccessRequest.objects.told_to(request.person_id).filter(kind=Kind.EMAIL)
    return user.email if user.email_held and not changes.exists() else ""


@transaction.atomic
def note(request: AccessRequest, *, by: User) -> AccessRequest:
    """The director confirms having seen what was done on the server or was not recognised. Raises ``NotAllowed``."""
    require_note(request, by)
    if not AccessRequest.objects.to_note().filter(pk=request.pk).update(noted_by=by, noted_at=timezone.now()):
        raise Already("Это уже принято к сведению")
    record(request, "note", by=by, words="принято к сведению")
    request.refresh_from_db()
    return request


def may_note(request: AccessRequest, user: User) -> bool:
    """Whether the user is told of it: the director; about the director also the chair."""
    if user.roles & {DIRECTOR, ACTING}:
        return request.by_server or user.person_id != request.person_id
    return CHAIR in user.roles and rules.is_chairs(request.person_id, request.role, None)


def _who_notes(request: AccessRequest) -> list[Person]:
    role = CHAIR if rules.is_chairs(request.person_id, request.role, None) else DIRECTOR
    grants = RoleGrant.objects.in_force().filter(role=role)
    return list(Person.objects.filter(pk__in=grants.values("person")).select_related("user"))


def _changed_today(user: User) -> bool:
    """Whether others changed the user's own access within a day: such an account releases nothing yet."""
    found = AccessRequest.objects.filter(
        person=user.person_id, state=State.RELEASED, released_at__gt=timezone.now() - FIRST_DAY
    )
    return found.exclude(asked_by=None).exists()


def done_since(request: AccessRequest) -> list[Act]:
    """Return what the account did in the first day after the change, oldest first."""
    user = User.objects.filter(person=request.person_id).first()
    if user is None or request.released_at is None:
        return []
    marked = Act.objects.filter(actor=user, facts__has_key="fresh_access", at__gte=request.released_at)
    return list(marked.filter(at__lt=request.released_at + FIRST_DAY * 4).exclude(verb="answer")[:50])


def _tell_owner(request: AccessRequest, heading: str) -> None:
    """Write to every address of the owner, the old ones too; the home page shows it until it is answered."""
    user = User.objects.filter(person=request.person_id).first()
    person = Person.objects.get(pk=request.person_id)
    addresses = [user.email if user else "", person.email, request.values.get("before", "")]
    for address in dict.fromkeys(a.lower() for a in addresses if a):
        context = {"to": person, "heading": heading, "what": what(request), "request": request}
        send_template("access_told", address, context, person_id=person.pk)
