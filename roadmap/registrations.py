"""What the roadmap gives to the registries of the frame and of lower apps when it is ready, feature by feature."""

from mentoring_site import inbox, journeys, mail, undo
from mentoring_site.evidence import places
from people.consents.destruction import retention
from people.handover import parts as handover
from people.register import leaving
from people.register.presenters import PersonPart, register_parts
from people.rights import Right
from people.setup.year_journey import YEAR
from programs.catalogs import guidance
from programs.program import beside
from programs.requests import council_minutes
from roadmap.bodies import leaving as body_leaving
from roadmap.council import inbox as council_inbox
from roadmap.council import letters as council_letters
from roadmap.council import matters, meetings, trials
from roadmap.council import offers as council_offers
from roadmap.council.proofs import MINUTES
from roadmap.duties import handover as duty_handover
from roadmap.duties import inbox as duty_inbox
from roadmap.duties import journey as duty_journey
from roadmap.duties import leaving as duty_leaving
from roadmap.duties import letters as duty_letters
from roadmap.duties.places import OCCURRENCES
from roadmap.events import acts as event_acts
from roadmap.events import beside as event_beside
from roadmap.events import handover as event_handover
from roadmap.events import heard
from roadmap.events import inbox as event_inbox
from roadmap.events import journey as event_journey
from roadmap.events import leaving as event_leaving
from roadmap.events import letters as event_letters
from roadmap.events import places as event_places
from roadmap.events import retention as event_retention
from roadmap.events.proofs import EVENT
from roadmap.legal_base import inbox as legal_base_inbox
from roadmap.legal_base import journey as legal_base_journey
from roadmap.legal_base import letters as legal_base_letters
from roadmap.library import guidance as library_guidance
from roadmap.library import inbox as library_inbox
from roadmap.library import letters as library_letters
from roadmap.library import places as library_places
from roadmap.library import program_section as library_section
from roadmap.library import retention as library_retention
from roadmap.partners import handover as partner_handover
from roadmap.partners import inbox as partner_inbox
from roadmap.partners import journey as partner_journey
from roadmap.partners import leaving as partner_leaving
from roadmap.partners import letters as partner_letters
from roadmap.partners import places as partner_places
from roadmap.partners import retention as partner_retention
from roadmap.partners import undoing as partner_undoing
from roadmap.plan import handover as plan_handover
from roadmap.plan import held as plan_held
from roadmap.plan import inbox as plan_inbox
from roadmap.plan import journey as plan_journey
from roadmap.plan import leaving as plan_leaving
from roadmap.plan import letters as plan_letters
from roadmap.plan import places as plan_places
from roadmap.practices import events as practice_events
from roadmap.practices import inbox as practice_inbox
from roadmap.practices import letters as practice_letters
from roadmap.practices import places as practice_places
from roadmap.practices import program_section as practice_section
from roadmap.practices import retention as practice_retention
from roadmap.practices import undoing as practice_undoing
from roadmap.proofs import kinds, own
from roadmap.training import from_events
from roadmap.training import import_acts as training_imports
from roadmap.training import inbox as training_inbox
from roadmap.training import leaving as training_leaving
from roadmap.training import letters as training_letters
from roadmap.training import places as training_places
from roadmap.training import retention as training_retention
from roadmap.training import undoing as training_undoing


def fill() -> None:
    """Fill all registries; called once, by the app."""
    for feature in (
        _legal_base,
        _plan,
        _duties,
        _bodies_and_council,
        _events,
        _training,
        _partners,
        _library,
        _practices,
    ):
        feature()


def _legal_base() -> None:
    mail.register_needed(legal_base_letters.NEEDED)
    inbox.register(legal_base_inbox.items)
    journeys.add(YEAR, *legal_base_journey.STEPS)


def _plan() -> None:
    mail.register_needed(plan_letters.NEEDED)
    inbox.register(plan_inbox.items)
    inbox.register_held(plan_held.held)
    journeys.add(YEAR, *plan_journey.STEPS)
    leaving.register(plan_leaving.PART)
    handover.register(plan_handover.PART)
    places.register(plan_places.TASKS)


def _duties() -> None:
    mail.register_needed(duty_letters.NEEDED)
    inbox.register(duty_inbox.items)
    journeys.add(YEAR, *duty_journey.STEPS)
    leaving.register(duty_leaving.PART)
    handover.register(duty_handover.PART)
    places.register(OCCURRENCES)
    kinds.register(*own.BANKS, own.SURVEY, own.REPORT, MINUTES)


def _bodies_and_council() -> None:
    mail.register_needed(council_letters.NEEDED)
    mail.register_news(council_letters.NEWS)
    inbox.register(council_inbox.items)
    matters.register(trials.TRIALS)
    undo.register("roadmap.Minutes", "plan", meetings.PLANNED)
    undo.register("roadmap.Minutes", "cancel", meetings.CANCELLED)
    leaving.register(body_leaving.PART)
    council_minutes.register(council_offers.signed)


def _events() -> None:
    mail.register_needed(event_letters.NEEDED)
    mail.register_news(event_letters.NEWS)
    inbox.register(event_inbox.items)
    journeys.add(YEAR, *event_journey.STEPS)
    undo.register("roadmap.Event", "hold", event_acts.HELD)
    undo.register("roadmap.Event", "cancel", event_acts.CANCELLED)
    leaving.register(event_leaving.PART)
    handover.register(event_handover.PART)
    retention.register(event_retention.DATA, reasons=(event_retention.reasons,))
    places.register(event_places.EVENTS, event_places.PARTICIPANTS)
    kinds.register(EVENT)


def _training() -> None:
    mail.register_needed(training_letters.NEEDED)
    inbox.register(training_inbox.items)
    inbox.register_held(training_inbox.held)
    undo.register("roadmap.Training", "enter", training_undoing.ENTERED)
    undo.register("roadmap.Training", "confirm", training_undoing.ANSWERED)
    undo.register("roadmap.Training", "send_back", training_undoing.ANSWERED)
    undo.register("roadmap.TrainingInvitation", "invite", training_undoing.INVITED)
    leaving.register(training_leaving.PART)
    places.register(training_places.TRAININGS)
    retention.register(training_retention.DATA)
    retention.forget_copies_by(training_imports.forget_all)
    heard.register(from_events.hear)
    register_parts(PersonPart(32, "training", "Обучение", "roadmap:person_training", Right.TRAINING_SEE))


def _partners() -> None:
    mail.register_needed(partner_letters.NEEDED)
    inbox.register(partner_inbox.items)
    journeys.add(YEAR, *partner_journey.STEPS)
    for model, verb, kind in partner_undoing.REGISTERED:
        undo.register(model, verb, kind)
    leaving.register(partner_leaving.PART)
    handover.register(partner_handover.PART)
    places.register(partner_places.AGREEMENTS)
    retention.register(partner_retention.DATA)
    retention.register_records(partner_retention.AGREEMENTS)


def _library() -> None:
    mail.register_needed(library_letters.NEEDED)
    mail.register_news(library_letters.NEWS)
    inbox.register(library_inbox.items)
    inbox.register_held(library_inbox.held)
    retention.register(library_retention.DATA)
    places.register(library_places.LIBRARY)
    beside.register(library_section.section)
    guidance.register(library_guidance.guides)


def _practices() -> None:
    mail.register_needed(practice_letters.NEEDED)
    mail.register_news(practice_letters.NEWS)
    inbox.register(practice_inbox.items)
    inbox.register_held(practice_inbox.held)
    undo.register("roadmap.Practice", "submit", practice_undoing.SUBMITTED)
    retention.register(practice_retention.DATA)
    places.register(practice_places.PRACTICES)
    beside.register(practice_section.section)
    event_beside.register(practice_events.BESIDE)
