"""Terms of keeping that the school has not settled, and whether it is a source of an archive."""

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural
from people.retention.models import RetentionTerm
from people.retention.rules import archive_source
from people.rights import Right


def items(user) -> list[InboxItem]:
    """Return one line for those who keep the table; two queries."""
    if not user.can(Right.RETENTION_EDIT):
        return []
    undecided = RetentionTerm.objects.in_use().filter(kind=RetentionTerm.Kind.UNDECIDED).count()
    source = archive_source()
    if not undecided and source:
        return []
    asked = [] if source else ["источник ли школа комплектования архива"]
    asked += [f"сроки, которых нет в перечне: {plural(undecided, 'вид,вида,видов')} документов"] if undecided else []
    return [
        InboxItem(
            "Решить, сколько хранить документы",
            "; ".join(asked).capitalize(),
            reverse("people:retention"),
            "Открыть",
            group=Group.SCHOOL,
            key="retention",
        )
    ]
