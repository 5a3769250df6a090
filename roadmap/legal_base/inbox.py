"""What waits in the legal base: doubts about the acts that the Положение names, for whoever settles them (п. 1.1)."""

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import plural
from people.accounts.models import User
from people.rights import Right
from roadmap.legal_base.models import LegalAct


def items(user: User) -> list[InboxItem]:
    """Return one thing for all open doubts about acts of п. 1.1."""
    if not user.can(Right.LEGAL_BASE_SETTLE):
        return []
    doubtful = LegalAct.objects.visible_to(user).doubtful().filter(in_regulation=True)
    acts = list(doubtful[:2])
    if not acts:
        return []
    count = doubtful.count() if len(acts) > 1 else 1
    url = acts[0].get_absolute_url() if count == 1 else "/legal-base/?force=doubt"
    return [
        InboxItem(
            f"Решить сомнения о правовых актах: {plural(count, 'акт,акта,актов')}",
            "До этого Положение, которое их называет, на подпись не передать",
            url,
            "Разобрать",
            weight=4,
        )
    ]
