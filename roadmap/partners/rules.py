"""The workflow of an agreement with a partner: a draft is signed on paper, holds, and ends (п. 3.3)."""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from people.roles.holders import signer

EDIT = Right.PARTNERS_EDIT


@requirement("Записан предмет договора")
def has_subject(agreement: Any) -> Complaint | None:
    if not agreement.subject.strip():
        return Complaint(
            "Не записан предмет договора", f"Записывает {EDIT.who}", f"{agreement.get_absolute_url()}edit/"
        )
    return None


@requirement("Известно, кто подписывает за школу")
def has_signer(agreement: Any) -> Complaint | None:
    """The director, or who acts for the director (п. 3.3)."""
    if signer()[0] is None:
        return Complaint(
            "Подписать за школу некому: директор не записан", f"Записать его может {Right.ROLES_MANAGE.who}"
        )
    return None


AGREEMENT = Workflow(
    Transition("sign", "Записать подписание", ("draft",), "signed", "подписан сторонами",
               (has_subject, has_signer), right=EDIT),
    Transition("end", "Записать окончание", ("signed",), "ended", "действие закончено", right=EDIT),
    Transition("run_out", "Срок истёк", ("signed",), "ended", "срок истёк", right=EDIT),
    Transition("undo_sign", "Отменить подписание", ("signed",), "draft", "запись о подписании отменена", right=EDIT),
    Transition("undo_end", "Отменить окончание", ("ended",), "signed", "запись об окончании отменена", right=EDIT),
)  # fmt: skip
