"""Facts of «Акт приёма-передачи документов»: what, how much, with which SHA-256, to whom (п. 3.4, 3.5)."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mentoring_site.russian import lower_first, number_text, plural, rudate, upper_first
from people.language.declension import post_of
from people.roles.letterhead import place, school_facts, signer_of
from reports.inspection.building import DOCUMENTS, name_of
from reports.inspection.models import Case

if TYPE_CHECKING:
    from reports.inspection.models import FolderAct

TEMPLATE = "documents/folder_act.html"


def act_facts(act: "FolderAct") -> dict[str, Any]:
    """Return what the act prints; they are kept with it."""
    folder = act.folder
    giver, finished = folder.created_by.person, folder.finished_at
    cases = Case.objects.filter(code__in=folder.scope)
    return {
        "school": school_facts(),
        "place": place(),
        "number": act.number,
        "date": act.date.isoformat(),
        "basis": act.basis.rstrip("."),
        "what": folder.what,
        "about": folder.about,
        "name": name_of(folder),
        "files": plural(folder.files, DOCUMENTS),
        "gaps": folder.gaps,
        "size": number_text(folder.size),
        "sha256": folder.sha256,
        "made": rudate(timezone.localdate(finished)) if finished else "",
        "cases": [str(case) for case in cases],
        "rights": folder.rights,
        "giver": {"name": giver.full_name, "role": post_of(giver), **signer_of(giver)},
        "receiver": {
            "name": act.receiver,
            "role": lower_first(act.receiver_post),
            "post": upper_first(act.receiver_post),
            "organisation": act.organisation,
        },
    }
