"""Acts of an uploaded list: stored under its hash, columns corrected, doubts answered, written once."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.files import discard_unless_used, store_bytes
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already
from mentoring_site.xlsx.reader import CONTENT_TYPE, Book, open_upload
from people.accounts.models import User
from people.rights import Right
from people.staff_list.checking import StaffList, read_staff_list
from people.staff_list.commit import commit
from people.staff_list.models import StaffImport
from people.staff_list.plan import Plan, make_plan
from people.staff_list.recognition import Mapping, other_lists, recognize


def take(content: bytes, *, name: str, sha256: str, by: User) -> tuple[StaffImport, bool]:
    """Store an uploaded list, recognized; a file that is known already is not stored twice.

    Returns the upload and whether it is new. Raises NotAllowed; DamagedFile when it cannot be read.
    """
    require(by, Right.PEOPLE_IMPORT)
    known = StaffImport.objects.filter(sha256=sha256, taken_back_at__isnull=True).first()
    if known:
        return known, False
    mapping = recognize(open_upload(content)).to_json()
    mapping["as_of"] = mapping["as_of"] or timezone.localdate().isoformat()
    with discard_unless_used(store_bytes(content, name=name, content_type=CONTENT_TYPE, by=by)) as stored:
        return _waiting(StaffImport(file=stored, sha256=sha256, mapping=mapping, uploaded_by=by))


def _waiting(upload: StaffImport) -> tuple[StaffImport, bool]:
    """Save an upload, unless the same file waits already: then that one (or what it has become), and False."""
    try:
        with transaction.atomic():
            upload.save()
    except IntegrityError:  # the same file came twice at this very moment
        return StaffImport.objects.filter(sha256=upload.sha256)[0], False
    return upload, True


def start_again(upload: StaffImport, *, by: User) -> StaffImport:
    """Start a new round with a list that has been written: same file, columns and answers."""
    require(by, Right.PEOPLE_IMPORT)
    if upload.committed_at is None:
        return upload
    again = StaffImport(
        file=upload.file, sha256=upload.sha256, mapping=upload.mapping, answers=upload.answers, uploaded_by=by
    )
    return _waiting(again)[0]


def book_of(upload: StaffImport) -> Book:
    """The uploaded workbook, opened. Raises DamagedFile."""
    with upload.file.file.open("rb") as stored:
        return open_upload(stored.read())


def mapping_of(upload: StaffImport) -> Mapping:
    """Where everything stands in the list."""
    return Mapping.from_json(upload.mapping)


def staff_list_of(upload: StaffImport) -> StaffList:
    """The uploaded list, read to the end with the answers to its questions. Raises DamagedFile."""
    return read_staff_list(book_of(upload), timezone.localdate(), mapping_of(upload), upload.answers)


def plan_of(upload: StaffImport, staff_list: StaffList) -> Plan:
    """What the upload would change now."""
    return make_plan(staff_list, upload.answers)


@transaction.atomic
def correct_columns(upload: StaffImport, mapping: Mapping, *, by: User) -> StaffImport:
    """Store a corrected mapping; answers to rows of another reading are forgotten. Raises NotAllowed, Already."""
    _require_uncommitted(upload, by)
    if mapping.to_json() != upload.mapping:
        upload.mapping, upload.answers = mapping.to_json(), {}
        upload.save(update_fields=["mapping", "answers"])
    return upload


def read_sheets(upload: StaffImport, names: list[str], *, by: User) -> StaffImport:
    """Read these further sheets of the book too, and no others. Raises NotAllowed, Already, DamagedFile."""
    mapping = mapping_of(upload)
    others = tuple(other for other in other_lists(book_of(upload), mapping) if other.sheet in names)
    return correct_columns(upload, replace(mapping, others=others), by=by)


@transaction.atomic
def answer(upload: StaffImport, answers: dict, *, by: User) -> StaffImport:
    """Store answers to doubts ({"26": {"take": True, "gender": "f"}}). Raises NotAllowed, Already."""
    _require_uncommitted(upload, by)
    upload.answers = upload.answers | answers
    upload.save(update_fields=["answers"])
    return upload


def write(upload: StaffImport, *, by: User) -> Plan:
    """Write the upload into the register. Raises NotAllowed, Already, Refused, DamagedFile."""
    require(by, Right.PEOPLE_IMPORT)
    return commit(staff_list_of(upload), upload.answers, by=by, upload=upload)


def _require_uncommitted(upload: StaffImport, by: User) -> None:
    require(by, Right.PEOPLE_IMPORT)
    locked(upload)
    upload.refresh_from_db()
    if upload.committed_at:
        raise Already("Этот список уже внесён. Ничего не изменено")
