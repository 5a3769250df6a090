"""The app of pairs and programmes; at the start it tells the field history which models to watch."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """What: pairs and groups, programmes and everything that happens in them."""

    name = "programs"
    verbose_name = "Программы"

    def ready(self):
        from mentoring_site import inbox
        from programs import audit
        from programs.changes import inbox as change_inbox
        from programs.changes import order_facts as change_facts
        from programs.completion import inbox as completion_inbox
        from programs.completion import program_history as completion_history
        from programs.journal import inbox as journal_inbox
        from programs.journal import program_history as journal_history
        from programs.mentor_agreements import inbox as agreement_inbox
        from programs.pairings import inbox as pairing_inbox
        from programs.program import history, order_facts
        from programs.program import inbox as program_inbox

        audit.register()
        order_facts.register(suspensions=change_facts.suspensions, refusal=change_facts.refusal_to_approve)
        history.register_objects(completion_history.completions)
        history.register_private_acts(journal_history.MEETINGS, journal_history.readable_meetings)
        inbox.register(
            agreement_inbox.items,
            pairing_inbox.items,
            program_inbox.items,
            journal_inbox.items,
            completion_inbox.items,
            change_inbox.items,
        )
