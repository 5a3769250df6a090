"""The register of destructions beside the backups: what was destroyed is destroyed again after a restore.

Of whose data were destroyed it holds the number of the row and no name; of who destroyed them, what the act names.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mentoring_site.backups.companions import Companion
from mentoring_site.russian import rudate
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.consents.destruction import acts, erasure, retention
from people.consents.destruction.models import OF_THE_SCHOOL, Destruction
from people.consents.models import PROCESSING, Consent
from people.consents.requests.models import DataRequest
from people.consents.withdrawals.models import Withdrawal
from people.register.models import Person

FILE = "destructions.json"


def entries() -> list[dict]:
    """Return the approved acts of our database."""
    approved = (
        Destruction.objects.filter(approved_at__isnull=False).select_related("withdrawal").order_by("approved_at")
    )
    return [_entry(act) for act in approved]


def _entry(act: Destruction) -> dict:
    assert act.approved_at is not None
    at = act.approved_at.isoformat()
    return {
        "key": f"{act.person_id or ''}:{at}",
        "at": at,
        "number": act.number,
        "person": act.person_id,
        "categories": act.categories,
        "reason": act.reason,
        "commission": act.commission,
        "withdrawal": act.withdrawal_id,
        "request": act.request_id,
        "carriers": act.carriers,
        "processor": act.processor,
        "withdrawn_on": act.withdrawal.received_on.isoformat() if act.withdrawal else "",
        "prepared_by": act.prepared_by_id,
        "prepared_at": act.prepared_at.isoformat(),
        "approved_by": act.approved_by_id,
    }


@transaction.atomic
def repeat(entry: dict) -> str:
    """Destroy again what an act had destroyed after the backup; return what was done, in a sentence.

    The act comes back under its number with new proof. When those who prepared and approved it are not in the restored
    database, the data go all the same, and only the log of the person tells of it.
    """
    person = Person.objects.select_for_update().filter(pk=entry["person"] or 0).first()
    if person is None and entry["person"] is not None:
        return ""
    known = retention.categories() if person else retention.records()
    codes = [code for code in known if code in entry["categories"]]
    users = User.objects.select_related("person").in_bulk([entry["prepared_by"], entry["approved_by"]])
    whose = person.short_name if person else OF_THE_SCHOOL
    day = rudate(timezone.localdate(datetime.fromisoformat(entry["at"])))
    told = f"Акт об уничтожении № {entry['number']} от {day} исполнен снова: {whose}"
    if len(users) == 2:
        act = _act(entry, person, codes, users)
        acts.repeat(act, by=users[entry["approved_by"]], number=entry["number"], at=datetime.fromisoformat(entry["at"]))
    else:
        for code in codes:
            count = erasure.erase(person, code) if person else erasure.erase_records(code)
            words = f"уничтожено снова после восстановления из копии: {erasure.label(code)}"[:300]
            if person:
                log(person, "erase", by=None, words=words, category=code, count=count, person=person.pk)
        told += ". Кто утвердил акт, в копии не записан: храните прежний акт на бумаге"
    if entry["withdrawn_on"] and Consent.objects.live().filter(person=person, purpose=PROCESSING).exists():
        received = rudate(datetime.fromisoformat(entry["withdrawn_on"]).date())
        told += f". Отзыв согласия, поступивший {received}, в копию не попал: запишите его снова"
    return told


def _act(entry: dict, person: Person | None, codes: list[str], users: dict[int, User]) -> Destruction:
    """Return the act as it was before its approval: the one that waits in the restored database, or a new one."""
    act = Destruction.objects.filter(person=person, approved_at=None, declined_at=None).first() or Destruction(
        person=person
    )
    act.categories, act.reason = codes, entry["reason"]
    act.prepared_by, act.prepared_at = users[entry["prepared_by"]], datetime.fromisoformat(entry["prepared_at"])
    act.withdrawal = Withdrawal.objects.filter(pk=entry["withdrawal"], consent__person=person).first()
    act.request = DataRequest.objects.filter(pk=entry.get("request") or 0, person=person).first()
    act.carriers, act.processor = entry.get("carriers", []), entry.get("processor", "")
    act.commission = entry["commission"]
    act.save()
    return act


COMPANION = Companion(FILE, "реестр уничтожений персональных данных", entries, repeat)
