"""The app of persons; at the start it registers models with the field history."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who: accounts, persons, consents, banks."""

    name = "people"
    verbose_name = "Люди"

    def ready(self):
        from mentoring_site import inbox, journeys, mail, undo
        from mentoring_site.backups import companions, restoring
        from mentoring_site.exports import acts as export_acts
        from people import audit
        from people.absences import retention as absence_retention
        from people.access import acts as access_acts
        from people.access import held as access_held
        from people.access import inbox as access_inbox
        from people.access import letters as access_letters
        from people.accounts import acts as account_acts
        from people.accounts import leaving as account_leaving
        from people.banks import acts as bank_acts
        from people.banks import held as bank_held
        from people.banks import inbox as bank_inbox
        from people.banks import journey as bank_journey
        from people.banks import leaving as bank_leaving
        from people.banks import letters as bank_letters
        from people.banks import retention as bank_retention
        from people.banks import undoing as bank_undoing
        from people.consents import endings
        from people.consents import inbox as consent_inbox
        from people.consents import letters as consent_letters
        from people.consents.destruction import erasure, retention
        from people.consents.destruction import held as destruction_held
        from people.consents.destruction import letters as destruction_letters
        from people.consents.destruction import register as destruction_register
        from people.consents.requests import handover as request_handover
        from people.consents.requests import letters as request_letters
        from people.handover import acts as handover_acts
        from people.handover import parts as handover
        from people.letters import acts as letter_acts
        from people.photos import acts as photo_acts
        from people.photos import retention as photo_retention
        from people.profile import inbox as profile_inbox
        from people.register import emails, leaving
        from people.register.presenters import PersonPart, register_parts
        from people.retention import inbox as retention_inbox
        from people.rights import Right
        from people.roles import leaving as role_leaving
        from people.roles import letters as role_letters
        from people.school import inbox as school_inbox
        from people.setup import consents_journey, year_journey
        from people.setup import inbox as setup_inbox
        from people.setup import journey as setup_journey
        from people.staff_list import taking_back

        audit.register()
        mail.register_needed(
            access_letters.NEEDED,
            bank_letters.NEEDED,
            consent_letters.NEEDED,
            request_letters.NEEDED,
            destruction_letters.NEEDED,
        )
        mail.register_news(
            handover_acts.NEWS,
            access_letters.NEWS,
            account_acts.NEWS,
            bank_letters.NEWS,
            consent_letters.NEWS,
            destruction_letters.NEWS,
            letter_acts.NEWS,
            role_letters.NEWS,
        )
        mail.register_late("invitation", account_acts.letter_of_invitation)
        mail.register_late("password_reset", account_acts.letter_of_password_reset)
        inbox.register(
            access_inbox.items,
            setup_inbox.items,
            bank_inbox.items,
            consent_inbox.items,
            retention_inbox.items,
            profile_inbox.items,
            school_inbox.items,
        )
        journeys.add(year_journey.YEAR, *consents_journey.STEPS)
        journeys.add(setup_journey.FIRST, *setup_journey.STEPS, *bank_journey.STEPS)
        undo.register("people.StaffImport", "import", taking_back.IMPORT)
        undo.register("people.Candidate", "propose", bank_undoing.PROPOSAL)
        undo.register("people.Candidate", "correct", bank_undoing.CORRECTION)
        undo.register("people.BankReview", "review", bank_undoing.REVIEW)
        inbox.register_held(access_held.held, bank_held.held, destruction_held.held)
        leaving.register(role_leaving.PART, account_leaving.PART, bank_leaving.PART)
        leaving.on_leaving(role_leaving.tell)
        handover.register(request_handover.PART)
        emails.register_guard(access_acts.keep_email)
        register_parts(
            PersonPart(10, "about", "О человеке", "people:person"),
            PersonPart(20, "consents", "Согласия", "people:person_consents", Right.CONSENTS_SEE_ALL),
            PersonPart(25, "photo", "Фотография", "people:person_photo", Right.PEOPLE_EDIT),
            PersonPart(31, "absences", "Когда не будет", "people:person_absences", Right.PEOPLE_EDIT),
            PersonPart(50, "names", "Имя в документах", "people:person_names", Right.PEOPLE_SEE_ALL),
            PersonPart(70, "viewings", "Кто смотрел", "people:person_viewings", Right.PEOPLE_HISTORY),
            PersonPart(60, "history", "История", "people:person_history", Right.PEOPLE_SEE_ALL),
        )
        endings.on_end(
            endings.EndHandler(bank_acts.leave_without_consent, bank_acts.consequences_without_consent),
            endings.EndHandler(photo_acts.end_with_consent, photo_acts.consequences),
        )
        restoring.on_restore(account_acts.end_ways_of_before)
        retention.register_records(*erasure.OF_THE_SCHOOL)
        companions.register(destruction_register.COMPANION)
        retention.forget_copies_by(export_acts.forget_all)
        retention.register(
            *erasure.OF_THE_REGISTER,
            bank_retention.DATA,
            photo_retention.DATA,
            absence_retention.DATA,
            *erasure.OF_PAPERS,
            reasons=(bank_retention.reasons,),
        )
