"""What the features of programs give to registries: of the frame, of people, and of their own lower features."""

from mentoring_site import inbox, joint, journeys, mail, undo
from mentoring_site.evidence import places
from people.banks import retention as bank_retention
from people.banks import workload
from people.consents import endings as consent_endings
from people.consents import matters as consent_matters
from people.consents.destruction import retention
from people.handover import parts as handover
from people.profile import blocks
from people.register import leaving
from people.register.presenters import PersonPart, register_parts
from people.rights import Right
from people.roles import relations
from people.setup import journey as setup_journey
from people.setup import year_journey
from programs.attention import facts as attention_facts
from programs.attention import inbox as attention_inbox
from programs.attention import nudges
from programs.changes import held as change_held
from programs.changes import inbox as change_inbox
from programs.changes import leaving as change_leaving
from programs.changes import letters as change_letters
from programs.changes import order_facts as change_facts
from programs.changes import pairing_actions as change_actions
from programs.changes.curatorship import handover as curatorship_handover
from programs.changes.petitions import acts as petition_acts
from programs.changes.replacement import matters as replacement_matters
from programs.completion import acts as completion_acts
from programs.completion import held as completion_held
from programs.completion import inbox as completion_inbox
from programs.completion import journey as completion_journey
from programs.completion import letters as completion_letters
from programs.completion import program_history as completion_history
from programs.completion import ratings as completion_ratings
from programs.completion import retention as completion_retention
from programs.completion import withdrawn
from programs.difficulties import agenda as difficulty_agenda
from programs.difficulties import inbox as difficulty_inbox
from programs.difficulties import letters as difficulty_letters
from programs.difficulties import places as difficulty_places
from programs.difficulties import program_history as difficulty_history
from programs.difficulties import retention as difficulty_retention
from programs.difficulties import undoing as difficulty_undoing
from programs.journal import acts as journal_acts
from programs.journal import agenda
from programs.journal import beside as journal_beside
from programs.journal import held as journal_held
from programs.journal import hours as journal_hours
from programs.journal import inbox as journal_inbox
from programs.journal import letters as journal_letters
from programs.journal import places as journal_places
from programs.journal import program_history as journal_history
from programs.journal import undoing as journal_undoing
from programs.journal.planning import inbox as planning_inbox
from programs.learning import acts as learning_acts
from programs.learning import inbox as learning_inbox
from programs.learning import letters as learning_letters
from programs.learning import moments as learning_moments
from programs.learning import program_history as learning_history
from programs.learning import retention as learning_retention
from programs.learning import undoing as learning_undoing
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import employers as agreement_employers
from programs.mentor_agreements import inbox as agreement_inbox
from programs.mentor_agreements import leaving as agreement_leaving
from programs.mentor_agreements import retention as agreement_retention
from programs.mentor_agreements import without_agreement
from programs.mentor_agreements import year_journey as agreement_year
from programs.mentor_agreements.notices import letters as notice_letters
from programs.observations.acts import SHEETS
from programs.pairings import endings, page_actions
from programs.pairings import held as pairing_held
from programs.pairings import inbox as pairing_inbox
from programs.pairings import journey as pairing_journey
from programs.pairings import leaving as pairing_leaving
from programs.pairings import matters as pairing_matters
from programs.pairings import reminders as pairing_reminders
from programs.pairings import undoing as pairing_undoing
from programs.pairings import workload as pairing_workload
from programs.pairings import year_journey as pairing_year
from programs.pairings.choosing import retention as choosing_retention
from programs.pairings.roles import RELATION_ROLES
from programs.program import beside as program_beside
from programs.program import held as program_held
from programs.program import history, order_facts, person_block, students
from programs.program import inbox as program_inbox
from programs.program import journey as program_journey
from programs.program import letters as program_letters
from programs.program import pairing_actions as program_actions
from programs.program import retention as program_retention
from programs.program import year_journey as program_year
from programs.program.approval import acts as approval_acts
from programs.program.approval import undoing as approval_undoing
from programs.relationship import inbox as relationship_inbox
from programs.relationship import letters as relationship_letters
from programs.relationship import retention as relationship_retention
from programs.relationship import signs
from programs.relationship import undoing as relationship_undoing
from programs.requests import acts as request_acts
from programs.requests import agenda as request_agenda
from programs.requests import inbox as request_inbox
from programs.requests import letters as request_letters
from programs.requests import page_actions as request_actions
from programs.requests import retention as request_retention
from programs.requests import unanswered
from programs.requests import undoing as request_undoing
from programs.requests.kinds.contest import acts as contest_acts
from programs.requests.kinds.contest import handover as contest_handover
from programs.requests.kinds.contest import places as contest_places
from programs.requests.kinds.contest import program_section as contest_section
from programs.requests.kinds.council_talk import acts as talk_acts
from programs.requests.kinds.discipline import acts as discipline_acts
from programs.requests.kinds.discipline import places as discipline_places
from programs.requests.kinds.engaging import acts as engaging_acts
from programs.requests.kinds.engaging import hours as engaged_hours
from programs.requests.kinds.incentives import places as incentive_places
from programs.requests.kinds.release import acts as release_acts
from programs.requests.kinds.release import beside as release_beside
from programs.requests.kinds.release import program_history as release_history
from programs.requests.kinds.support import acts as support_acts
from programs.support import inbox as support_inbox
from programs.support import letters as support_letters
from programs.support import low_marks
from programs.support import places as support_places
from programs.support import retention as support_retention
from programs.support import undoing as support_undoing
from programs.tasks import agenda as task_agenda
from programs.tasks import inbox as task_inbox
from programs.tasks import letters as task_letters
from programs.tasks import places as task_places
from programs.tasks import program_history as task_history
from programs.tasks import undoing as task_undoing


def fill() -> None:
    """Fill the registries; called once when the app is ready."""
    mail.register_needed(
        pairing_reminders.NEEDED,
        notice_letters.NEEDED,
        program_letters.NEEDED,
        change_letters.NEEDED,
        journal_letters.NEEDED,
        task_letters.NEEDED,
        learning_letters.NEEDED,
        difficulty_letters.NEEDED,
        support_letters.NEEDED,
        completion_letters.NEEDED,
        request_letters.NEEDED,
        engaging_acts.NEEDED,
        contest_acts.NEEDED,
        support_acts.NEEDED,
        discipline_acts.NEEDED,
        talk_acts.NEEDED,
        nudges.NEEDED,
        relationship_letters.NEEDED,
    )
    mail.register_news(
        pairing_reminders.NEWS,
        notice_letters.NEWS,
        change_letters.NEWS,
        journal_letters.NEWS,
        task_letters.NEWS,
        learning_letters.NEWS,
        difficulty_letters.NEWS,
        support_letters.NEWS,
        request_letters.NEWS,
        contest_acts.NEWS,
        support_acts.NEWS,
        talk_acts.NEWS,
    )
    inbox.register(
        agreement_inbox.items,
        pairing_inbox.items,
        program_inbox.items,
        journal_inbox.items,
        attention_inbox.items,
        planning_inbox.items,
        task_inbox.items,
        learning_inbox.items,
        difficulty_inbox.items,
        support_inbox.items,
        completion_inbox.items,
        change_inbox.items,
        request_inbox.items,
        relationship_inbox.items,
        withdrawn.items,
    )
    handover.register(curatorship_handover.PART, contest_handover.PART)
    journeys.register(setup_journey.journey(program_journey.has_begun))
    journeys.register(year_journey.journey(lambda: ~completion_journey.has_lived_a_year()))
    journeys.add(year_journey.YEAR, *year_journey.STEPS, *completion_journey.STEPS)
    journeys.add(year_journey.YEAR, *pairing_year.STEPS, *program_year.STEPS, *agreement_year.STEPS)
    journeys.add(setup_journey.FIRST, *pairing_journey.STEPS, *program_journey.STEPS)
    inbox.register_held(
        pairing_held.held, program_held.held, journal_held.held, task_inbox.held, completion_held.held, change_held.held
    )
    inbox.register_held(learning_inbox.held, support_inbox.held, request_inbox.held)
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
    retention.register(
        choosing_retention.DATA,
        request_retention.DATA,
        learning_retention.DATA,
        relationship_retention.DATA,
        support_retention.DATA,
        reasons=(agreement_retention.reasons, program_retention.reasons),
    )
    bank_retention.keep_used_by(
        program_retention.used_statements,
        completion_retention.used_statements,
        difficulty_retention.used_statements,
        learning_retention.used_statements,
    )
    workload.register(pairing_workload.annotate)
    consent_endings.on_end(consent_endings.EndHandler(withdrawn.end_pairs, withdrawn.consequences))


def _give_to_lower_features() -> None:
    """What ends with a pair, buttons of its page, facts of changes and the history of a program."""
    learning_moments.register_ending(completion_ratings.begun)
    attention_facts.register(unanswered.facts)
    attention_facts.register_private(signs.facts)
    attention_facts.register(low_marks.facts)
    journal_hours.count_others(engaged_hours.hours)
    endings.register(agreement_acts.close_with_pairing, petition_acts.lapse_ended, request_acts.lapse_ended)
    without_agreement.register(replacement_matters.terms)
    agreement_employers.register_students(students.with_students)
    page_actions.register(request_actions.of_pairing_page, program_actions.of_pairing, change_actions.of_pairing)
    order_facts.register(suspensions=change_facts.suspensions, refusal=change_facts.refusal_to_approve)
    agenda.register(agenda.STEPS, agenda.ACTIVITIES, task_agenda.TASKS, request_agenda.REQUESTS)
    agenda.register(difficulty_agenda.DIFFICULTIES)
    places.register(journal_places.MEETINGS, journal_places.RESULTS, task_places.TASKS, difficulty_places.DIFFICULTIES)
    places.register(contest_places.CONTESTS)
    places.register(incentive_places.WISHES, discipline_places.CASES)
    places.register(support_places.SUPPORT_TASKS)
    history.register_objects(task_history.tasks)
    history.register_objects(difficulty_history.difficulties)
    history.register_objects(completion_history.completions)
    history.register_private_acts(journal_history.MEETINGS, journal_history.readable_meetings)
    history.register_private_acts(learning_acts.VERBS, learning_history.readable_skills)
    history.register_private_acts(release_history.MARKS, release_history.readable_marks)
    history.register_private_acts(SHEETS, journal_history.readable_meetings)
    journal_acts.on_result_checked(completion_acts.after_result_checked)
    undo.register("programs.Pairing", "propose", pairing_undoing.PROPOSAL)
    undo.register("programs.Pairing", "answer", pairing_undoing.ANSWER)
    undo.register("programs.Program", "remark", approval_undoing.REMARK)
    undo.register("programs.Program", "meeting", journal_undoing.MEETING)
    undo.register("programs.Program", "do", journal_undoing.MARK)
    undo.register("programs.LearningNote", learning_acts.REMOVE, learning_undoing.REMOVED)
    undo.register("programs.MentorTask", "give", task_undoing.GIVEN)
    undo.register("programs.MentorTask", "do", task_undoing.DONE)
    undo.register("programs.MentorTask", "accept", task_undoing.ANSWERED)
    undo.register("programs.MentorTask", "send_back", task_undoing.ANSWERED)
    undo.register("programs.RelationshipAnswer", "settle", relationship_undoing.SETTLED)
    for verb, kind in difficulty_undoing.REGISTERED:
        undo.register("programs.Difficulty", verb, kind)
    undo.register("programs.SupportTask", "give", support_undoing.GIVEN)
    undo.register("programs.SupportTask", "do", support_undoing.DONE)
    undo.register("programs.SupportTask", "accept", support_undoing.ANSWERED)
    undo.register("programs.SupportTask", "send_back", support_undoing.ANSWERED)
    undo.register("programs.Program", "council_mark", support_undoing.MARK)
    for verb, kind in request_undoing.REGISTERED:
        undo.register("programs.Request", verb, kind)
    undo.register("programs.Request", "continuity", release_acts.CONFIRMATION)
    undo.register("programs.Request", "result", contest_acts.RESULT)
    journal_beside.register(release_beside.beside)
    program_beside.register(contest_section.section)
    joint.follow("programs.Program", "submit", approval_acts.ENDORSED_AT_ONCE)
