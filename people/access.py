"""Who may see whom: ``visible_to(user)`` is the access check of every page about people."""

from django.db import models
from django.db.models import Q


class PersonQuerySet(models.QuerySet):
    """Persons as somebody may see them."""

    def visible_to(self, user):
        """Persons whose page the user may open: all for those who run the system, else oneself and one's pairs.

        The council sees those who stand in a bank or in a pair (п. 3.5). Relations are followed by name.
        """
        if user.can("people.see_all"):
            return self
        mine = Q(pk=user.person_id)
        shared = Q(participations__pairing__in=user.person.participations.engaged().values("pairing"))
        if user.can("banks.see"):
            shared |= Q(candidates__isnull=False) | Q(participations__isnull=False)
        return self.filter(mine | shared).distinct()

    def proposable_by(self, user):
        """Persons whom the user may put forward for a bank: oneself; for the council everybody at work (п. 3.4, 3.5)."""
        if user.can("people.see_all"):
            return self
        from people.models.person import Employment

        chosen = Q(pk=user.person_id)
        if user.can("banks.propose"):
            chosen |= Q(pk__in=Employment.objects.current().values("person"))
        return self.filter(chosen)

    def found_by(self, text: str):
        """Persons whose name words begin with the words of ``text``, in any case, е = ё."""
        from people.names import search_terms

        found = self
        for term in search_terms(text):
            found = found.filter(search__contains=term)
        return found

    def with_posts(self):
        """Prefetch current employments with department and organisation, for lists and cards."""
        from people.models.person import Employment

        return self.prefetch_related(
            models.Prefetch(
                "employments",
                Employment.objects.current().select_related("department", "organisation").order_by("-kind", "pk"),
                to_attr="posts",
            )
        )
