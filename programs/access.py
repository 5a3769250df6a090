"""Who may see which pairs and programmes, and what their pages prefetch."""
from django.db import models
from django.db.models import Q


class PairingQuerySet(models.QuerySet):
    """Pairs and groups."""

    def visible_to(self, user):
        """All for director, curator and council; one's own, also after its end, for participants."""
        if user.can("pairings.see_all"):
            return self
        return self.filter(pk__in=user.person.participations.values("pairing"))

    def live(self):
        """Pairs on their way or at work."""
        return self.filter(state__in=["proposed", "recommended", "assigned"])

    def with_people(self):
        """Prefetch live participations with persons (``people``) and topics: all that lists and titles read."""
        from programs.models import Participation

        participations = Participation.objects.live().select_related("person", "employment__department")
        return self.prefetch_related(models.Prefetch("participations", participations, to_attr="people"), "topics")

    def with_requirements(self):
        """Everything that requirements of a pairing read: people, their candidates and live consents to duties."""
        from people.models import Consent
        from programs.models import Participation

        consents = Consent.objects.live()
        participations = (
            Participation.objects.live().select_related("person", "candidate", "employment")
            .annotate(
                has_duties=models.Exists(
                    consents.filter(
                        person=models.OuterRef("person"), part=models.OuterRef("part"), matter=models.OuterRef("pairing__uuid")
                    )
                ),
                has_processing=models.Exists(consents.filter(person=models.OuterRef("person"), purpose="processing")),
            )
        )
        return self.prefetch_related(models.Prefetch("participations", participations, to_attr="people"), "topics")


class ProgramQuerySet(models.QuerySet):
    """Personalised programmes."""

    def visible_to(self, user):
        """All for director, curator and council; one's own, also after its end, for participants and curators."""
        if user.can("programs.see_all"):
            return self
        return self.filter(Q(pairing__participations__person=user.person_id) | Q(curator=user.person_id)).distinct()

    def live(self):
        """Programmes that are being drafted, agreed or carried out."""
        return self.filter(state__in=["draft", "submitted", "agreed", "approved", "running"])

    def with_people(self):
        """Prefetch the pairing with its live people: all that lists and titles read."""
        from programs.models import Pairing

        return self.select_related("curator").prefetch_related(models.Prefetch("pairing", Pairing.objects.with_people()))

    def with_requirements(self):
        """Everything that requirements of a programme read."""
        from people.models import School
        from programs.models import Pairing

        regulation = School.objects.filter(regulation_date__isnull=False)
        return self.select_related("curator").annotate(has_regulation=models.Exists(regulation)).prefetch_related(
            models.Prefetch("pairing", Pairing.objects.with_requirements()),
            "forms", "kinds", "difficulties", "strengths", "requests", "activities__statements", "remarks",
            "confirmations", "completions__participation__person",
        )
