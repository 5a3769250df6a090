"""The school settles the words of its notice to Роскомнадзор."""

from typing import Any

from django.db import transaction

from mentoring_site.locks import one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import claim_version, record
from people.consents.operator.models import OperatorNotice
from people.rights import Actor, Right


@transaction.atomic
def save(*, by: Actor, version: int, **values: Any) -> OperatorNotice:
    """Write the words. Raises ``NotAllowed``, ``Stale``."""
    require(by, Right.SCHOOL_EDIT)
    one_at_a_time("the notice of the operator")
    notice, _ = OperatorNotice.objects.get_or_create(pk=1)
    claim_version(notice, version)
    OperatorNotice.objects.filter(pk=1).update(**values)
    record(notice, "save", by=by, words="изменены сведения для уведомления Роскомнадзора")
    notice.refresh_from_db()
    return notice
