"""The letter that asks to read a local act: whether it still does when it leaves."""

from reports.documents.local_acts.models import ActReader


def _is_unread(act: str, person: int | None) -> bool:
    return ActReader.objects.awaited().filter(act=int(act), person=person).exists()


NEEDED = {"act_to_read": _is_unread}
