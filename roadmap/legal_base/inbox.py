"""What waits in the legal base: doubts about the acts of п. 1.1, what is out of force, the yearly check (п. 9.2)."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import joined, plural
from people.accounts.models import User
from people.rights import Right
from roadmap.legal_base.models import YEAR, LegalAct
from roadmap.legal_base.papers import papers_citing


def items(user: User) -> list[InboxItem]:
    """Return the open doubts, and acts out of force on which papers still rest."""
    return [*_doubts(user), *_ended(user), *_stale(user)]


def _stale(user: User) -> list[InboxItem]:
    """Return one thing for all acts that nobody has compared with their official texts for a year (п. 9.2)."""
    if not user.can(Right.LEGAL_BASE_EDIT):
        return []
    since = LegalAct.objects.visible_to(user).stale().aggregate(first=Min("known_on"), count=Count("pk"))
    if not since["count"]:
        return []
    return [
        InboxItem(
            f"Проверить правовую базу: {plural(since['count'], 'акт,акта,актов')}",
            "Больше года никто не сверял их с официальными текстами",
            f"{reverse('roadmap:legal_acts')}?force=stale",
            "Проверить",
            since=since["first"] + YEAR,
            weight=40,
            group=Group.LAW,
            key=f"acts:stale:{timezone.localdate().year}",
        )
    ]


def _ended(user: User) -> list[InboxItem]:
    """Acts that papers of the application cite and that are out of force today, for those who keep the base."""
    if not user.can(Right.LEGAL_BASE_EDIT):
        return []
    today = timezone.localdate()
    acts = LegalAct.objects.visible_to(user)
    ended = [act for act in acts.filter(ends_on__lte=today) if papers_citing(act)]
    return [
        InboxItem(
            f"Проверить бумаги: {act.short_name} не действует",
            f"На него ссылаются: {joined(papers_citing(act))}",
            act.get_absolute_url(),
            "Открыть акт",
            since=act.ends_on,
            weight=3,
            group=Group.LAW,
            key=f"act:{act.pk}",
        )
        for act in ended
    ]


def _doubts(user: User) -> list[InboxItem]:
    """Return one thing for all open doubts about acts of п. 1.1."""
    if not user.can(Right.LEGAL_BASE_SETTLE):
        return []
    doubtful = LegalAct.objects.visible_to(user).doubtful().filter(in_regulation=True)
    acts = list(doubtful[:2])
    if not acts:
        return []
    count = doubtful.count() if len(acts) > 1 else 1
    url = acts[0].get_absolute_url() if count == 1 else f"{reverse('roadmap:legal_acts')}?force=doubt"
    return [
        InboxItem(
            f"Решить сомнения о правовых актах: {plural(count, 'акт,акта,актов')}",
            "До этого Положение, которое их называет, на подпись не передать",
            url,
            "Разобрать",
            weight=4,
            group=Group.LAW,
            key=f"acts:doubt:{acts[0].pk}:{count}",
        )
    ]
