"""Why agreements with mentors and notices stay when personal data are destroyed (ТК 351.8; приказ РКН № 179)."""

from people.register.models import Person
from programs.mentor_agreements.models import MentorAgreement, Notice


def reasons(person: Person) -> list[str]:
    """Personnel papers of the person are kept by the archive."""
    mine = {"person": person}
    if not MentorAgreement.objects.filter(**mine).exists() and not Notice.objects.filter(**mine).exists():
        return []
    return [
        "Адрес и телефон в соглашениях и уведомлениях о наставничестве: кадровые документы (ТК 351.8), их"
        " хранит архив (152-ФЗ, ст. 1, ч. 2)"
    ]
