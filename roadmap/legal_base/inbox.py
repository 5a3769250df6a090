"""What waits in the legal base: doubts about the acts of п. 1.1, papers that cite what is out of force."""

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import joined, plural
from people.accounts.models import User
from people.rights import Right
from roadmap.legal_base.models import LegalAct
from roadmap.legal_base.papers import papers_citing


def items(user: User) -> list[InboxItem]:
    """Return the open doubts, and acts out of force on which papers still rest."""
    return [*_doubts(user), *_ended(user)]


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
