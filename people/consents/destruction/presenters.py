"""What pages about acts of destruction show."""

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rudate
from people.consents.destruction import acts, erasure
from people.consents.withdrawals.models import Withdrawal, WithdrawalDuty
from people.language.declension import post_of
from people.language.names import agree
from people.register.models import Person
from people.rights import CLERK, CURATOR, SYSADMIN, Right
from people.roles.holders import holders

KEPT = (
    "Подписанные приказы, программы и архив останутся: их хранение требует закон.",
    "Вернуть уничтоженное будет нельзя.",
    "Будут сделаны акт в PDF и выгрузка из журнала; они хранятся три года.",
)
SHOWN = 50


def is_open(destruction) -> bool:
    """Whether the act waits for a decision."""
    return destruction.approved_at is None and destruction.declined_at is None


def badge(destruction) -> dict:
    """Return the state for ``components/badge.html``."""
    if destruction.approved_at:
        return {"word": "данные уничтожены", "tone": "done"}
    return (
        {"word": "отклонён", "tone": "stopped"}
        if destruction.declined_at
        else {"word": "ждёт директора", "tone": "others"}
    )


def row(destruction) -> dict:
    """A row of the list of acts."""
    return {
        "title": acts.title(destruction),
        "url": destruction.get_absolute_url(),
        "badge": badge(destruction),
        "person": destruction.person.short_name,
        "prepared": timezone.localdate(destruction.prepared_at),
        "reason": destruction.get_reason_display(),
        "keep_until": destruction.keep_until,
        "categories": "; ".join(erasure.label(code) for code in destruction.categories),
    }


def due(user) -> list[dict]:
    """Return whose data wait for an act: withdrawals with an open duty, ended consents past their term; two queries."""
    duties = WithdrawalDuty.objects.filter(kind=WithdrawalDuty.Kind.DESTROY, done_at__isnull=True)
    duties = duties.select_related("withdrawal__consent__person").defer("withdrawal__consent__text")
    found = [
        {
            "person": d.withdrawal.consent.person.short_name,
            "why": f"отзыв согласия на обработку от {rudate(d.withdrawal.received_on)}",
            "until": d.due_on,
            "url": _new(user, d.withdrawal.consent.person_id, d.withdrawal_id),
        }
        for d in duties.order_by("due_on")[:SHOWN]
    ]
    old = Person.objects.filter(pk__in=erasure.overdue_consents().values("person"))
    return found + [
        {
            "person": p.short_name,
            "why": "прошло три года после прекращения согласия: скан и текст хранить больше не нужно",
            "until": None,
            "url": _new(user, p.pk),
        }
        for p in old[:SHOWN]
    ]


def _new(user, person, withdrawal=None) -> str:
    if not user.can(Right.CONSENTS_RECORD):
        return ""
    url = reverse("people:destruction_new", args=[person])
    return f"{url}?withdrawal={withdrawal}" if withdrawal else url


def withdrawal_of(person, given: str | None):
    """Return the withdrawal named in the address, else the person's latest about processing, or None."""
    mine = Withdrawal.objects.filter(consent__person=person, consent__purpose="processing")
    named = mine.filter(pk=given).first() if given and given.isdecimal() and len(given) < 18 else None
    return named or mine.first()


def initial(withdrawal) -> dict:
    """Return what the form proposes: the reason of the withdrawal, curator, clerk and administrator as
    the commission.
    """
    heads = holders(CURATOR, CLERK, SYSADMIN)
    lines = dict.fromkeys(f"{p.full_name}, {post_of(p) or 'сотрудник'}" for p in heads.values())
    reason = "" if withdrawal is None else "demand" if withdrawal.demand else "withdrawn"
    return {"commission": "\n".join(lines), "reason": reason}


def contents(destruction) -> list[str]:
    """What is destroyed, by category, with what there is now; after the approval the categories only."""
    there = erasure.found(destruction.person) if is_open(destruction) else {}
    return [_told(code, there.get(code)) for code in destruction.categories]


def _told(code: str, words) -> str:
    """The fields that are filled; of answers, letters and scans the kind and how many."""
    if not words:
        return erasure.label(code)
    return ", ".join(words) if code in erasure.FIELDS else f"{erasure.label(code)} ({', '.join(words)})"


def consequences(destruction) -> list[str]:
    """The question before the approval."""
    return [*(f"Будет уничтожено: {line}." for line in contents(destruction)), *KEPT]


def _did(user, verb: str) -> str:
    """«Подготовила» of a woman; without anybody the line is not shown."""
    return agree(user.person.gender, verb, f"{verb}а") if user else verb


def facts(destruction) -> list[dict]:
    """Facts for ``components/facts.html``."""
    d = destruction
    members = "; ".join(f"{m['name']}, {m['post']}" for m in d.commission)
    found = [
        ("Чьи данные", d.person.full_name, d.person.get_absolute_url()),
        ("Причина", acts.reason_words(d), ""),
        ("Кто уничтожает", members, ""),
        ("Способ", d.way, ""),
        (_did(d.prepared_by, "Подготовил"), _who(d.prepared_by, d.prepared_at), ""),
        (_did(d.approved_by, "Утвердил"), _who(d.approved_by, d.approved_at), ""),
        (_did(d.declined_by, "Отклонил"), _who(d.declined_by, d.declined_at), ""),
        ("Почему отклонён", d.decline_words, ""),
        ("Акт", d.paper.name if d.paper else "", reverse("people:destruction_paper", args=[d.pk])),
        ("SHA-256 акта", d.paper.sha256 if d.paper else "", ""),
        ("Выгрузка из журнала", d.log.name if d.log else "", reverse("people:destruction_log", args=[d.pk])),
        ("SHA-256 выгрузки", d.log.sha256 if d.log else "", ""),
        ("Хранить", f"по {rudate(d.keep_until)}" if d.keep_until else "", ""),
    ]
    return [{"label": label, "value": value, "url": url, "note": ""} for label, value, url in found if value]


def _who(user, moment) -> str:
    return f"{user.person.short_name}, {timezone.localtime(moment):%d.%m.%Y в %H:%M}" if user else ""


def actions(user, destruction) -> list[dict]:
    """Buttons of the page; who prepared the act sees whose move it is."""
    if not is_open(destruction):
        return []
    found = []
    if user.can(Right.CONSENTS_DESTROY):
        may = acts.may_approve(destruction, user)
        found.append(
            _act(
                "approve",
                "Утвердить акт и уничтожить данные",
                destruction,
                enabled=may,
                reasons=[] if may else ["Акт утверждает не тот, кто его подготовил"],
                primary=True,
            )
        )
    else:
        found.append(
            _act(
                "approve",
                "Утвердить акт и уничтожить данные",
                destruction,
                enabled=False,
                reasons=["Утверждает директор. Акт уже у него среди дел"],
                primary=True,
            )
        )
    if user.can(Right.CONSENTS_DESTROY) or user.pk == destruction.prepared_by_id:
        found.append(_act("decline", "Отклонить акт", destruction, enabled=True, reasons=[]))
    return found


def _act(verb, label, destruction, *, enabled, reasons, primary=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": reverse(f"people:destruction_{verb}", args=[destruction.pk]),
        "primary": primary,
        "danger": verb == "approve",
        "enabled": enabled,
        "reasons": reasons,
        "confirm": False,
    }
