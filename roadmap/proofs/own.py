"""Records of lower features that prove lines of the plan: reviews of the banks, questionnaires, ends of programs."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.russian import rushort
from people.banks.models import BankReview, Candidate
from programs.completion.models import Completion
from programs.program.models import Program
from roadmap.proofs.kinds import ProofKind


def _reviews(user: Any, since: date, until: date) -> QuerySet:
    seen = BankReview.objects.all() if user is None else BankReview.objects.visible_to(user)
    return seen.filter(reviewed_on__range=(since, until), waits=False).order_by("-reviewed_on", "-pk")


def _ends(user: Any, since: date, until: date) -> QuerySet:
    seen = Completion.objects.filter(program__in=Program.objects.visible_to(user).order_by().values("pk"))
    return seen.filter(state=Completion.State.REGISTERED, ended_on__range=(since, until)).order_by("-ended_on", "-pk")


def _day(moment: datetime) -> str:
    return rushort(timezone.localdate(moment))


def _bank(part: str, whose: str) -> ProofKind:
    def found(user: Any, since: date, until: date) -> QuerySet:
        return _reviews(user, since, until).filter(part=part)

    return ProofKind(
        f"bank_{part}",
        f"проверка банка {whose}",
        BankReview,
        found,
        lambda review: f"Банк {whose}: проверен {rushort(review.reviewed_on)}",
        fits=lambda review: review.part == part,
        single=True,
    )


BANKS = (_bank("mentor", "наставников"), _bank("mentee", "наставляемых"))


def _questionnaires(user: Any, since: date, until: date) -> QuerySet:
    seen = Candidate.objects.visible_to(user).filter(filled_at__date__range=(since, until))
    return seen.order_by("-filled_at", "-pk")


SURVEY = ProofKind(
    "survey",
    "анкета",
    Candidate,
    _questionnaires,
    lambda filled: f"Анкета {'наставника' if filled.part == 'mentor' else 'наставляемого'}, {_day(filled.filled_at)}",
)
REPORT = ProofKind(
    "report",
    "отчёт об итогах программы",
    Completion,
    _ends,
    lambda end: f"Отчёт и заключение об итогах программы, завершённой {rushort(end.ended_on)}",
)
