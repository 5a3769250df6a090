"""A workbook of the past that was checked and not written waits for whoever loaded it and for who enters pairs."""

from django.db.models import Q

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import Right
from reports.past.models import PastImport

AT_MOST = 3


def items(user: User) -> list[InboxItem]:
    """Return the workbooks that wait for the user."""
    if not user.can(Right.PAST_LOAD):
        return []
    mine = Q() if user.can(Right.PAPER_ENTER) else Q(uploaded_by=user)
    found = (
        PastImport.objects.waiting().filter(mine).select_related("file").defer("answers", "promised", "result", "undo")
    )
    return [
        InboxItem(
            f"Внести прежние документы: {upload.file.name}",
            "Книга загружена и проверена, но не внесена",
            upload.get_absolute_url(),
            "Открыть проверку",
            since=upload.uploaded_at,
            weight=25,
            group=Group.ORDERS,
            key=f"past:{upload.pk}",
        )
        for upload in found[:AT_MOST]
    ]
