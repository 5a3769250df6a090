"""The frame as a Django application: it owns the log of acts, the outbox, stored files and heartbeats."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "mentoring_site"
    verbose_name = "Каркас"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register what waits for people, the checks of ``manage.py check --deploy`` and our lookups."""
        from mentoring_site import checks, inbox, lookups
        from mentoring_site.evidence import inbox as evidence_inbox
        from mentoring_site.exports import acts as exports

        checks.register()
        lookups.register()
        inbox.register(exports.items, evidence_inbox.items)
