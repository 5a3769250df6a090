"""The app of pairs and programmes; at the start it tells the field history which models to watch."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """What: pairs and groups, programmes and everything that happens in them."""

    name = "programs"
    verbose_name = "Программы"

    def ready(self):
        from mentoring_site import inbox
        from people.banks import retention as bank_retention
        from people.banks import workload
        from people.consents import matters as consent_matters
        from people.consents.destruction import retention
        from programs import audit
        from programs.changes import inbox as change_inbox
        from programs.changes.replacement import matters as replacement_matters
        from programs.completion import inbox as completion_inbox
        from programs.completion import retention as completion_retention
        from programs.journal import inbox as journal_inbox
        from programs.mentor_agreements import inbox as agreement_inbox
        from programs.mentor_agreements import retention as agreement_retention
        from programs.pairings import inbox as pairing_inbox
        from programs.pairings import matters as pairing_matters
        from programs.pairings import workload as pairing_workload
        from programs.program import inbox as program_inbox
        from programs.program import retention as program_retention

        audit.register()
        inbox.register(
            agreement_inbox.items,
            pairing_inbox.items,
            program_inbox.items,
            journal_inbox.items,
            completion_inbox.items,
            change_inbox.items,
        )
        consent_matters.register(
            consent_matters.Provider(pairing_matters.matters, pairing_matters.words),
            consent_matters.Provider(replacement_matters.matters, replacement_matters.words),
        )
        retention.register(reasons=(agreement_retention.reasons, program_retention.reasons))
        bank_retention.keep_used_by(program_retention.used_statements, completion_retention.used_statements)
        workload.register(pairing_workload.annotate)
