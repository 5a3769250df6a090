"""One pair or group of the demo school from the bank to the public page, as far as its scenario goes."""

from datetime import timedelta

from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act
from mentoring_site.russian import add_months
from people.banks import acts as bank_acts
from people.banks.models import Topic
from people.school import workdays
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.journal import acts as journal_acts
from programs.journal.steps import open_steps
from programs.pairings import acts as pairing_acts
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity, ActivityResult, Trial
from programs.program.trial import acts as trial_acts
from programs.tasks import acts as task_acts
from reports.demo import council_and_agreements, kinds, learning
from reports.demo.asked import ask_today
from reports.demo.banks import enter_bank, paper_consent
from reports.demo.changes import CHANGES, plan_ahead
from reports.demo.personal import put_photograph
from reports.demo.pictures import lesson
from reports.demo.scenarios import Scenario
from reports.demo.together import live_together
from reports.orders.acquaintance import acts as acquaintance_acts
from reports.orders.drafting import acts as order_drafting
from reports.orders.registration import acts as registration_acts
from reports.orders.registration import numbers
from reports.orders.registration.signed_scan import SignedScan

STAGES = (
    "asked",
    "council",
    "consents",
    "at_signature",
    "assigned",
    "draft",
    "submitted",
    "endorsed",
    "agreed",
    "running",
    "late",
    "completing",
    "terminated",
    "done",
    "published",
)

CATEGORIES = ("", "structures", "outlook", "social", "innovation", "events", "research")
"""What activities of the plans serve besides the difficulties (п. 4.2)."""
STEPS = (
    "На каждом уроке дать ученику сыграть первым",
    "Записать на видео десять минут одного урока",
    "",
    "Подобрать двум ученикам по две пьесы на выбор",
)
TASKS = (
    "Составить план открытого урока по минутам",
    "Посетить урок коллеги и записать три приёма",
    "Показать индивидуальные планы двух учеников",
)


class Lifecycle:
    """Follows one scenario. The method of a stage is a generator that yields how many days ago its next step is."""

    def __init__(self, demo, scenario: Scenario, people=()):
        self.demo, self.scenario, self.known = demo, scenario, people  # people: (mentor, mentees) who are known already
        self.curator, self.chair, self.clerk, self.director = (
            demo.user(n) for n in ("curator", "chair", "clerk", "director")
        )

    def reaches(self, stage: str) -> bool:
        """Whether the scenario goes at least as far as the stage."""
        return STAGES.index(self.scenario.stage) >= STAGES.index(stage)

    def steps(self):
        """Yield all steps, as far as the scenario goes."""
        yield from self.bank()
        yield from self.pair()
        if self.reaches("at_signature"):
            yield from self.assign()
        if self.reaches("draft"):
            yield from self.write_program()
        if self.reaches("running"):
            yield from self.approve()
            yield from self.carry_out()
        if self.reaches("completing"):
            yield from self.finish()
        if self.scenario.mentor and self.reaches("running"):
            yield 0
            plan_ahead(self)
            ask_today(self)
            live_together(self)
        if self.scenario.change:
            yield 0
            CHANGES[self.scenario.change](self)

    def choose_people(self):
        """Reserve the mentor and the mentees of the scenario, unless they are known already."""
        scenario = self.scenario
        if self.known:
            self.mentor, self.mentees = self.known
            return
        self.mentor = self.demo.reserve(scenario.department, experienced=True, login=scenario.mentor)
        self.mentees = [
            self.demo.reserve(
                scenario.department, experienced=False, login=scenario.mentees[n] if scenario.mentees else ""
            )
            for n in range(scenario.group or 1)
        ]
        kinds.enter_form(self)

    def bank(self):
        scenario, begun = self.scenario, self.scenario.begun
        yield begun + 45
        self.choose_people()
        for person in (self.mentor, *self.mentees) if not self.known else ():
            paper_consent(self.demo, person, "processing")
        if "reverse" in scenario.kinds:
            self.demo.calendar.add(Lifecycle(self.demo, *kinds.exchanged(self)).steps())
        yield begun + 40
        self.topics = list(Topic.objects.order_by("pk")[:2])
        self.mentor_candidate = enter_bank(
            self.demo,
            self.mentor,
            "mentor",
            self.topics,
            [("competence", scenario.competence), ("interest", "обмен опытом на отделении")],
        )
        self.mentee_candidates = [
            enter_bank(
                self.demo,
                m,
                "mentee",
                self.topics,
                [
                    *(("difficulty", d) for d in scenario.difficulties),
                    ("request", scenario.request),
                    ("strength", scenario.strength),
                ],
            )
            for m in self.mentees
        ]
        yield begun + 35
        for candidate in (self.mentor_candidate, *self.mentee_candidates):
            bank_acts.approve(candidate, by=self.director)

    @property
    def starts(self):
        """The day of the order; what only waits for the pen begins after today."""
        if self.scenario.stage != "at_signature":
            return self.demo.calendar.day(self.scenario.begun)
        return workdays.on_or_after(self.demo.calendar.today + timedelta(days=self.scenario.begun))

    def pair(self):
        begun = self.scenario.begun
        yield begun + 22
        day = self.starts
        self.pairing = pairing_acts.propose(
            by=self.curator,
            kind="group" if self.scenario.group else "pair",
            mentor=self.mentor_candidate,
            mentees=self.mentee_candidates,
            topics=self.topics,
            why=f"Запрос «{self.scenario.request}» отвечает опыту наставника: {self.scenario.competence}.",
            profile_fits=True,
            planned_from=day,
            planned_to=workdays.on_or_before(add_months(day, max(self.scenario.months, 3) + 1)),
        )
        yield begun + 18
        sides = list(self.pairing.participations.select_related("person"))
        for side in sides[: 1 if self.scenario.stage == "asked" else None]:
            pairing_acts.answer(side, "yes", by=self.demo.user_for(side.person))
        if self.scenario.stage in ("asked", "council"):
            return
        yield begun + 13
        pairing_acts.confirm_topics(self.pairing, by=self.chair)
        number = self.demo.minutes_number()
        pairing_acts.recommend(self.pairing, by=self.chair, minutes_number=number, minutes_date=timezone.localdate())
        if self.scenario.agreement:
            council_and_agreements.begin_agreement(self)
        yield begun + 8
        missing = 1 if self.scenario.stage == "consents" else 0
        for side in sides[: len(sides) - missing]:
            paper_consent(self.demo, side.person, "duties", part=side.part, matter=self.pairing.uuid)
        if self.scenario.agreement:
            yield begun + 6
            council_and_agreements.sign_agreement(self, self.scenario.agreement)
            self.demo.calendar.add(council_and_agreements.pay(self, begun - 1))

    def order(self, kind, items, begun, sign=True):
        """Take an order from the draft to its registration."""
        yield begun + 4
        order = order_drafting.draft(kind, items, by=self.curator)
        yield from self.carry_order(order, begun, sign)

    def carry_order(self, order, begun, sign=True, *, beside=False):
        """Take a draft through its visas to its registration; ``beside`` gives a number like 46/1-од."""
        yield begun + 2
        if sign and order.kind != "completion":  # which nobody agrees before the day from which it acts
            order = order_drafting.recompose(order, by=self.curator, day=self.demo.calendar.day(begun))
        elif not sign:
            order = order_drafting.recompose(order, by=self.curator, day=self.starts)
        for visa in order.visas.select_related("person"):
            order_drafting.give_visa(visa, by=self.demo.user_for(visa.person))
        order_drafting.agree(order, by=self.curator)
        order_drafting.send_to_signature(order, by=self.curator)
        if not sign:
            return
        yield begun
        today = timezone.localdate()
        order.refresh_from_db()
        number = numbers.next_plain(order.series, today.year)
        others = {"main": "Приказы об учебном процессе", "staff": "Приказы об отпусках"}[order.series]
        gap = others if not beside and (today.day % 2 or order.series == "staff") else ""
        plain = f"{number - 1}/1" if beside else str(number + (today.day % 5 + 1 if gap else 0))
        registration_acts.register(
            order,
            by=self.clerk,
            number=f"{plain}{numbers.usual_suffix(order.series)}",
            date=today,
            gap_reason=gap,
            scan=SignedScan(self.demo.scan, pages=1, recognised=False),
        )
        for acquaintance in order.acquaintances.select_related("person"):
            if begun > 20:
                acquaintance_acts.acquaint(acquaintance, by=self.clerk, on_paper=True)

    def assign(self):
        yield from self.order("assignment", [self.pairing], self.scenario.begun, sign=self.reaches("assigned"))
        self.pairing.refresh_from_db()

    def write_program(self):
        scenario, begun = self.scenario, self.scenario.begun
        yield begun - 3
        self.program = drafting_acts.start(
            self.pairing,
            by=self.demo.user_for(self.mentor),
            title=scenario.title,
            curator=self.curator.person,
            origin=scenario.origin,
        )
        yield begun - 6
        starts = self.demo.calendar.day(begun - 17)
        codes = scenario.kinds or (("group",) if scenario.group else ("traditional",))
        self.program = drafting_acts.edit(
            self.program,
            by=self.demo.user_for(self.mentor),
            version=self.program.version,
            goal=scenario.goal,
            directions="Методика урока; профессиональная адаптация.",
            justification=(
                "Форма и вид выбраны по цели программы, затруднениям и"
                f" {'запросам наставляемых' if scenario.group else 'запросу наставляемого'}: нужна регулярная работа"
                " рядом с опытным коллегой."
            ),
            starts_on=starts,
            ends_on=workdays.on_or_after(add_months(starts, max(scenario.months, 3))),
            forms=list(MentoringForm.objects.filter(code=scenario.form)),
            kinds=list(MentoringKind.objects.filter(code__in=codes)),
        )
        details = self.program.details | kinds.answers(self, codes)
        mentor = self.demo.user_for(self.mentor)
        self.program = drafting_acts.edit(self.program, by=mentor, version=self.program.version, details=details)
        self.plan_activities()
        yield from self.submit()

    def plan_activities(self):
        scenario, mentor = self.scenario, self.demo.user_for(self.mentor)
        if scenario.template:
            template = ProgramTemplate.objects.get(name=scenario.template)
            drafting_acts.add_from_template(self.program, template, by=mentor, version=self.program.version)
            self.program.refresh_from_db()
        if scenario.trial:
            council, version = self.demo.user("council"), self.program.version
            trial_acts.begin(self.program, by=council, question=scenario.trial, version=version)
            self.program.refresh_from_db()
        statements = list(self.program.difficulties.all()) + list(self.program.strengths.all())
        step = (self.program.ends_on - self.program.starts_on) / (len(scenario.plan) + 1)
        for n, title in enumerate(scenario.plan, 1):
            activity = Activity(
                title=title,
                due_on=workdays.on_or_before(self.program.starts_on + step * n),
                responsible="both" if n % 2 else "mentee",
                expected_result="лист наблюдения" if n % 2 else "конспект и самоанализ",
                evidence="лист наблюдения" if n % 2 else "конспект",
                category=CATEGORIES[n % len(CATEGORIES)],
                partner="методический совет" if CATEGORIES[n % len(CATEGORIES)] == "structures" else "",
            )
            drafting_acts.save_activity(
                self.program, activity, statements, by=self.demo.user_for(self.mentor), version=self.program.version
            )
            self.program.refresh_from_db()

    def submit(self):
        scenario, begun = self.scenario, self.scenario.begun
        if not self.reaches("submitted"):
            return
        yield begun - 8
        self.sides = list(self.pairing.participations.live().filter(part="mentee").select_related("person"))
        for side in self.sides:
            drafting_acts.confirm_draft(self.program, side, by=self.demo.user_for(side.person))
        approval_acts.submit(self.program, by=self.demo.user_for(self.mentor))
        if not self.reaches("endorsed"):
            return
        yield begun - 10
        self.program = approval_acts.endorse(self.program, by=self.curator)
        if not self.reaches("agreed"):
            return
        yield begun - 12
        number = self.demo.minutes_number()
        if scenario.stage == "agreed":
            council_and_agreements.signed_minutes(self.demo, number, programs=[self.program])
        self.program = approval_acts.agree(
            self.program, by=self.chair, minutes_number=number, minutes_date=timezone.localdate()
        )

    def approve(self):
        yield from self.order("programs", [self.program], self.scenario.begun - 17)
        self.program.refresh_from_db()
        self.mentor_side = self.pairing.participations.live().get(part="mentor")

    def carry_out(self):
        """Meetings every nine days and activities as they fall due, up to the end or up to today."""
        scenario, program, today = self.scenario, self.program, self.demo.calendar.today
        last = program.ends_on if self.reaches("completing") else min(today, program.ends_on)
        if scenario.stage == "terminated":
            last = program.starts_on + timedelta(days=60)
        if scenario.stage == "late":
            last = today - timedelta(days=27)
        events = [(program.starts_on + timedelta(days=6 + 9 * n), "meeting", n) for n in range(40)]
        done_to = last if self.reaches("completing") else last - timedelta(days=0 if scenario.stage == "late" else 4)
        activities = list(program.activities.all())
        events += [(a.due_on - timedelta(days=2), "activity", n) for n, a in enumerate(activities)]
        if scenario.stage != "late":  # there the skills still wait to be chosen
            events += learning.events(program.starts_on, program.ends_on)
        for day, what, n in sorted(
            e for e in events if program.starts_on < e[0] <= min(last, today - timedelta(days=1))
        ):
            yield (today - day).days
            if what == "meeting":
                self.log_meeting(n, recent=(today - day).days < 12)
            elif what == "skills":
                (learning.middle if n else learning.choose)(self)
            elif what == "note":
                learning.note(self, n)
            elif day <= done_to and not (scenario.stage == "late" and n):
                self.do_activity(activities[n], check=(today - day).days > 10 or self.reaches("completing"))

    def log_meeting(self, n, *, recent):
        topics = (
            "Разобрали последний урок, наметили темп следующего.",
            "Посмотрели репертуар, выбрали три пьесы.",
            "Посетили урок наставника, обсудили смену видов работы.",
            "Разобрали запись урока: вступление затянуто, середина живая.",
            "Подготовили план открытого урока.",
        )
        mentor = self.demo.user_for(self.mentor)
        said = ("done", "partly", "done", "not")[n % 4]
        meeting = journal_acts.log_meeting(
            self.program,
            by=mentor,
            held_on=timezone.localdate(),
            minutes=(45, 60, 30, 45, 90)[n % 5],
            format="online" if n % 6 == 5 else "together",
            about=topics[n % len(topics)],
            next_step=STEPS[n % len(STEPS)],
            answers=[(step, said) for step in open_steps(self.program, mentor)] if n % 5 else [],
            participants=[self.mentor_side, *self.sides],
            files=lesson(mentor) if n % 6 == 4 else [],
        )
        if n % 3 == 1:
            self.give_task(n, recent=recent)
        if recent:
            self.undo_mistaken_meeting(meeting)
        for attendance in meeting.attendances.filter(confirmed_at__isnull=True).select_related("participation__person"):
            if not (recent and attendance.participation in self.sides):
                journal_acts.confirm_meeting(attendance, by=self.demo.user_for(attendance.participation.person))

    def give_task(self, n, *, recent):
        """A task till the next meeting: an old one is done and accepted, once after a return; a new one waits."""
        mentor = self.demo.user_for(self.mentor)
        assert self.program.ends_on
        due = min(timezone.localdate() + timedelta(days=9), self.program.ends_on)
        made = task_acts.give(self.program, self.sides, by=mentor, text=TASKS[n % len(TASKS)], due_on=due)
        for task in [] if recent else made:
            mentee = self.demo.user_for(task.participation.person)
            task = task_acts.do(task, by=mentee, result="Сделано, запись приложена.", files=[self.demo.scan])
            if n % 2:
                task = task_acts.send_back(task, by=mentor, comment="Покажите ещё и второй класс.")
                task = task_acts.do(task, by=mentee, result="Добавлена запись второго класса.")
            task_acts.accept(task, by=mentor, comment="Хорошо.")

    def undo_mistaken_meeting(self, meeting):
        """The mentor has written the same meeting down once more, and takes it back."""
        mentor = self.demo.user_for(self.mentor)
        again = {name: getattr(meeting, name) for name in ("held_on", "format", "about")}
        sides = [self.mentor_side, *self.sides]
        journal_acts.log_meeting(self.program, by=mentor, minutes=meeting.minutes + 15, participants=sides, **again)
        undo.undo(Act.objects.about(self.program).filter(verb="meeting").last(), by=mentor)

    def do_activity(self, activity, *, check):
        for side in self.sides:
            result = journal_acts.do(
                activity,
                side,
                by=self.demo.user_for(side.person),
                result=f"{activity.title}: проведено, итоги записаны в лист наблюдения.",
                files=[self.demo.scan],
            )
            if check:
                journal_acts.check(result, by=self.demo.user_for(self.mentor), comment="Хорошо видно движение вперёд.")

    def finish(self):
        scenario, today = self.scenario, self.demo.calendar.today
        ended = self.program.ends_on if scenario.stage != "terminated" else self.program.starts_on + timedelta(days=62)
        ago = max((today - ended).days, 1)
        yield ago
        if scenario.reason == "plan":
            for activity in self.program.activities.all():
                if not activity.results.filter(state=ActivityResult.State.CHECKED).exists():
                    self.do_activity(activity, check=True)
        self.completions = [
            completion_acts.propose(
                self.program,
                side,
                by=self.curator,
                reason=scenario.reason,
                circumstances=""
                if scenario.reason == "plan"
                else "Переезд в другой город по семейным обстоятельствам.",
                notice_on=None if scenario.reason == "plan" else timezone.localdate(),
            )
            for side in self.sides
        ]
        learning.end(self)
        self.conclude()
        if scenario.stage == "completing":
            return
        for row in self.completions:
            completion_acts.review(
                row,
                by=self.demo.user_for(row.participation.person),
                review="Спасибо за терпение и честный разбор. Больше всего помогли взаимные посещения уроков.",
            )
            completion_acts.submit_for_order(row, by=self.curator)
        yield from self.order("completion", self.completions, max(ago - 6, 0))
        if scenario.verdict:
            yield max(ago - 8, 0)
            trial_acts.conclude(
                Trial.objects.get(program=self.program),
                by=self.chair,
                verdict="recommended",
                conclusion=scenario.verdict,
                minutes_number=self.demo.minutes_number(),
                minutes_date=timezone.localdate(),
            )
        if scenario.results:
            yield max(ago - 10, 0)
            yield from self.publish(max(ago - 14, 0))

    def conclude(self):
        scenario = self.scenario
        for row in self.completions:
            level = "resolved" if scenario.reason == "plan" else "open"
            outcomes = {
                d.pk: (level if n == 0 else "partly" if level == "resolved" else "open", "по урокам и отзывам коллег")
                for n, d in enumerate(completion_acts.difficulties_of(row))
            }
            completion_acts.conclude(
                row,
                by=self.demo.user_for(self.mentor),
                conclusion="Программа принесла пользу: уроки стали увереннее, появились свои находки.",
                verdict="ready" if scenario.reason == "plan" else "condition",
                discipline=(
                    "Собран, пунктуален, работает с интересом."
                    if row.participation.person.gender == "m"
                    else "Собранна, пунктуальна, работает с интересом."
                ),
                outcomes=outcomes,
            )

    def publish(self, days_ago):
        for row in self.completions:
            row.refresh_from_db()
            publication.write_public(row, by=self.curator, public_text=self.scenario.results)
        for side, people in (("mentor", [self.mentor]), ("mentee", self.mentees)):
            named = ["name", "post", "program"] if side in self.scenario.public else []
            pictured = ["category", "photo"] if side == "mentor" and "photo" in self.scenario.public else []
            fields = named + pictured + (["results"] if side == "mentee" else [])
            for person in people if fields else ():
                paper_consent(self.demo, person, "dissemination", fields=fields)
                if pictured:
                    put_photograph(self.demo, person)
        if self.scenario.stage != "published":
            return
        yield days_ago
        for row in self.completions:
            row.refresh_from_db()
            publication.approve_public(row, by=self.demo.user_for(row.participation.person))
        self.program.refresh_from_db()
        publication.publish(self.program, by=self.curator)
