"""Passing on a visa: the person whose visa is missing has left the role, or is away (п. 3.1–3.3)."""

from django.db import transaction

from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.register.models import Person
from people.rights import Right, label
from people.roles import letters as role_letters
from people.roles.models import RoleGrant
from reports.orders.drafting.acts import lock_draft, visa_post
from reports.orders.models import Visa


def successors(visa: Visa):
    """Return the people who hold the role of a visa today and have no visa in the order yet; not who signs it."""
    if not visa.role:
        return Person.objects.none()
    holders = RoleGrant.objects.live().filter(role=visa.role).values("person")
    others = Visa.objects.filter(order=visa.order_id).values("person")
    return Person.objects.at_work().filter(pk__in=holders).exclude(pk__in=others).exclude(pk=visa.order.signer_id)


@transaction.atomic
def pass_visa(visa: Visa, *, by, to: Person) -> Visa:
    """Ask another holder of the same role for a visa that is not given yet, while the order is a draft.

    Raises ``NotAllowed``; ``Refused`` for an order that is no draft or a person without the role; ``Already``.
    """
    require(by, Right.ORDERS_DRAFT)
    order = lock_draft(visa.order)
    if not successors(visa).filter(pk=to.pk).exists():
        raise Refused(
            f"Передать визу можно тому, кто сейчас {label(visa.role)}" if visa.role else "Эту визу не передают"
        )
    asked = Visa.objects.filter(pk=visa.pk, person=visa.person_id, given_at__isnull=True)
    if not asked.update(person=to, post=visa_post(to, visa.role)):
        raise Already("Виза уже поставлена или передана")
    record(order, "pass_visa", by=by, words="виза передана", person=to.pk, before=visa.person_id)
    visa.refresh_from_db()
    if to.pk != by.person_id:
        role_letters.mail_person(to, "order_visa", asks=str(order.pk), order=order)
    return visa
