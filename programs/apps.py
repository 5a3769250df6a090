"""The app of pairs and programs; at the start it fills the registries of the frame and of its own lower features."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """What: pairs and groups, programs and everything that happens in them."""

    name = "programs"
    verbose_name = "Программы"

    def ready(self):
        from mentoring_site import inbox
        from programs import audit
        from programs.changes import inbox as change_inbox
        from programs.changes import pairing_actions as change_actions
        from programs.changes.replacement import coming_mentors
        from programs.completion import inbox as completion_inbox
        from programs.journal import inbox as journal_inbox
        from programs.mentor_agreements import acts as agreement_acts
        from programs.mentor_agreements import inbox as agreement_inbox
        from programs.mentor_agreements import without_agreement
        from programs.pairings import endings, page_actions
        from programs.pairings import inbox as pairing_inbox
        from programs.program import inbox as program_inbox
        from programs.program import pairing_actions as program_actions

        audit.register()
        endings.register(agreement_acts.close_with_pairing)
        without_agreement.register(coming_mentors.of_person)
        page_actions.register(program_actions.of_pairing, change_actions.of_pairing)
        inbox.register(
            agreement_inbox.items,
            pairing_inbox.items,
            program_inbox.items,
            journal_inbox.items,
            completion_inbox.items,
            change_inbox.items,
        )
