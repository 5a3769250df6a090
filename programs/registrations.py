"""What the features of programs give to registries: of the frame, of people, and of their own lower features."""

from mentoring_site import inbox, joint, journeys, mail, undo
from people.banks import retention as bank_retention
from people.banks import workload
from people.consents import endings as consent_endings
from people.consents import matters as consent_matters
from people.consents.destruction import retention
from people.profile import blocks
from people.register import leaving
from people.register.presenters import PersonPart, register_parts
from people.rights import Right
from people.roles import relations
from people.setup import journey as setup_journey
from people.setup import year_journey
from programs.changes import held as change_held
from programs.changes import inbox as change_inbox
from programs.changes import leaving as change_leaving
from programs.changes import order_facts as change_facts
from programs.changes import pairing_actions as change_actions
from programs.changes.petitions import acts as petition_acts
from programs.changes.replacement import matters as replacement_matters
from programs.completion import acts as completion_acts
from programs.completion import held as completion_held
from programs.completion import inbox as completion_inbox
from programs.completion import journey as completion_journey
from programs.completion import program_history as completion_history
from programs.completion import retention as completion_retention
from programs.completion import withdrawn
from programs.journal import acts as journal_acts
from programs.journal import held as journal_held
from programs.journal import inbox as journal_inbox
from programs.journal import letters as journal_letters
from programs.journal import program_history as journal_history
from programs.journal import undoing as journal_undoing
from programs.journal.planning import inbox as planning_inbox
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import employers as agreement_employers
from programs.mentor_agreements import inbox as agreement_inbox
from programs.mentor_agreements import leaving as agreement_leaving
from programs.mentor_agreements import retention as agreement_retention
from programs.mentor_agreements import without_agreement
from programs.pairings import endings, page_actions
from programs.pairings import held as pairing_held
from programs.pairings import inbox as pairing_inbox
from programs.pairings import journey as pairing_journey
from programs.pairings import leaving as pairing_leaving
from programs.pairings import matters as pairing_matters
from programs.pairings import reminders as pairing_reminders
from programs.pairings import undoing as pairing_undoing
from programs.pairings import workload as pairing_workload
from programs.pairings.roles import RELATION_ROLES
from programs.program import held as program_held
from programs.program import history, order_facts, person_block, students
from programs.program import inbox as program_inbox
from programs.program import journey as program_journey
from programs.program import letters as program_letters
from programs.program import pairing_actions as program_actions
from programs.program import retention as program_retention
from programs.program.approval import acts as approval_acts
from programs.program.approval import undoing as approval_undoing


def fill() -> None:
    """Fill the registries; called once when the app is ready."""
    mail.register_needed(pairing_reminders.NEEDED, journal_letters.NEEDED, program_letters.NEEDED)
    inbox.register(
        agreement_inbox.items,
        pairing_inbox.items,
        program_inbox.items,
        journal_inbox.items,
        planning_inbox.items,
        completion_inbox.items,
        change_inbox.items,
        withdrawn.items,
    )
    journeys.register(setup_journey.journey(program_journey.has_begun))
    journeys.register(year_journey.journey(lambda: ~completion_journey.has_lived_a_year()))
    journeys.add(year_journey.YEAR, *year_journey.STEPS, *completion_journey.STEPS)
    journeys.add(setup_journey.FIRST, *pairing_journey.STEPS, *program_journey.STEPS)
    inbox.register_held(pairing_held.held, program_held.held, journal_held.held, completion_held.held, change_held.held)
    _give_to_people()
    _give_to_lower_features()


def _give_to_people() -> None:
    """Roles from pairs, parts of a person's page, what consents are about, what is kept of a person, workload."""
    relations.register(RELATION_ROLES)
    leaving.register(pairing_leaving.PART, agreement_leaving.PART, change_leaving.PART)
    blocks.register(person_block.block)
    register_parts(PersonPart(30, "agreements", "Соглашения", "programs:person_agreements", Right.AGREEMENTS_SEE_ALL))
    consent_matters.register(
        consent_matters.Provider(pairing_matters.matters, pairing_matters.words),
        consent_matters.Provider(replacement_matters.matters, replacement_matters.words),
    )
    retention.register(reasons=(agreement_retention.reasons, program_retention.reasons))
    bank_retention.keep_used_by(program_retention.used_statements, completion_retention.used_statements)
    workload.register(pairing_workload.annotate)
    consent_endings.on_end(consent_endings.EndHandler(withdrawn.end_pairs, withdrawn.consequences))


def _give_to_lower_features() -> None:
    """What ends with a pair, buttons of its page, facts of changes and the history of a program."""
    endings.register(agreement_acts.close_with_pairing, petition_acts.lapse_ended)
    without_agreement.register(replacement_matters.terms)
    agreement_employers.register_students(students.with_students)
    page_actions.register(program_actions.of_pairing, change_actions.of_pairing)
    order_facts.register(suspensions=change_facts.suspensions, refusal=change_facts.refusal_to_approve)
    history.register_objects(completion_history.completions)
    history.register_private_acts(journal_history.MEETINGS, journal_history.readable_meetings)
    journal_acts.on_result_checked(completion_acts.after_result_checked)
    undo.register("programs.Pairing", "propose", pairing_undoing.PROPOSAL)
    undo.register("programs.Pairing", "answer", pairing_undoing.ANSWER)
    undo.register("programs.Program", "remark", approval_undoing.REMARK)
    undo.register("programs.Program", "meeting", journal_undoing.MEETING)
    undo.register("programs.Program", "do", journal_undoing.MARK)
    joint.follow("programs.Program", "submit", approval_acts.ENDORSED_AT_ONCE)
