"""The legal life of what changes a pair or a programme at work, as tables (п. 4.1, 5.1, 7.1, 7.2): final by an order."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import add_months, plural, rudate
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement

TAKES_CONSENT = "Получить его должен куратор или специалист по кадрам"
LINES_WHO = "Исправляет наставник или куратор"


def _curator(change, user):
    return user.can("programs.act_for_others")


def _registers(change, user):
    return user.can("orders.register")


def _life(noun: str, done: str, *requirements) -> Workflow:
    """Return the life of one sort of change; ``done`` is the ending of «передан…» that agrees with ``noun``."""
    return Workflow(
        Transition(
            "ready",
            "Передать на приказ",
            ("proposed",),
            "ready",
            _curator,
            "куратор",
            f"{noun}: передан{done} на приказ",
            requirements,
        ),
        Transition(
            "reopen",
            "Вернуть к правке",
            ("ready",),
            "proposed",
            _curator,
            "куратор",
            f"{noun}: возвращен{done} к правке",
        ),
        Transition(
            "withdraw",
            "Отменить",
            ("proposed", "ready"),
            "withdrawn",
            _curator,
            "куратор",
            f"{noun}: отменен{done}",
        ),
        Transition(
            "register",
            "Ввести приказом",
            ("ready",),
            "registered",
            _registers,
            "тот, кто регистрирует приказ",
            f"{noun}: введен{done} приказом",
            requirements,
        ),
    )


# --- amendment (п. 7.2) ------------------------------------------------------------------------------------------


@requirement("Программа утверждена или реализуется")
def in_force(change):
    if change.program.state not in ("approved", "running"):
        return Complaint(
            f"Программа сейчас «{change.program.get_state_display()}»: менять по приказу нечего",
            "Куратор отменяет это изменение",
        )


@requirement("Сказано, что меняется и почему")
def says_what(change):
    if not change.changes_something:
        return Complaint(
            "Не указано, что меняется: срок, план или форма", LINES_WHO, change.get_absolute_url(), "Указать"
        )


@requirement("Новый срок позже прежнего; если всего больше года — решение записано")
def new_term(change):
    """п. 1.2 and 7.2: the regulation is silent whether a prolongation may pass one year: the school decides in words."""
    program = change.program
    if change.new_end is None:
        return None
    if change.new_end <= program.ends_on:
        return Complaint(
            f"Новый последний день не позже нынешнего ({rudate(program.ends_on)})",
            LINES_WHO,
            _at("amendment_edit", change),
            "Исправить",
        )
    if change.over_a_year and not change.term_decision:
        return Complaint(
            f"Общий срок программы больше 1 года (п. 1.2 Положения): до {rudate(change.new_end)}. Нужно решение об особом сроке",
            "Записывает куратор",
            _at("amendment_edit", change),
            "Записать решение",
        )


@requirement("План в новой редакции помещается в срок, выполненное в нём сохранено")
def plan_fits(change):
    """Lines that somebody has carried out are neither changed nor dropped: their results rest on them."""
    if change.plan is None:
        return None
    program, found = change.program, []
    end = change.new_end or program.ends_on
    url = change.get_absolute_url()
    kept = {line["pk"]: line for line in change.plan if line["pk"]}
    for line in change.plan:
        first, last = line["starts_on"] or line["due_on"], line["due_on"]
        if not str(program.starts_on) <= first <= last <= str(end):
            found.append(
                Complaint(f"Мероприятие «{line['title']}» выходит за срок программы", LINES_WHO, url, "Открыть")
            )
    for activity in program.activities.all():
        if activity.taken and kept.get(activity.pk) != change.line_of(activity):
            found.append(
                Complaint(f"«{activity.title}» уже выполняют: менять и убирать его нельзя", LINES_WHO, url, "Открыть")
            )
    if not change.plan:
        found.append(Complaint("В плане не осталось ни одного мероприятия", LINES_WHO, url, "Открыть"))
    return found


@requirement("Согласны наставник и каждый наставляемый")
def agreed_by_all(change):
    """п. 7.2: by mutual consent of the mentor and each mentee, each dated."""
    return [
        Complaint(
            f"Нет согласия: {p.person.short_name}, {p.part_word}",
            "Даёт сам человек, с бумаги записывает куратор",
            reverse("programs:amendment_agree", args=[change.pk, p.pk]),
            "Записать согласие",
            remind=p.person_id,
        )
        for p in change.program.pairing.people
        if p.pk not in change.consents_by_side
    ]


def _at(name, change) -> str:
    return reverse(f"programs:{name}", args=[change.pk])


def over_a_year(starts_on: date, ends_on: date) -> bool:
    """Whether a term is longer than п. 1.2 allows."""
    return ends_on > add_months(starts_on, 12)


AMENDMENT = _life("изменение программы", "о", in_force, says_what, new_term, plan_fits, agreed_by_all)


# --- replacement of a mentor (п. 4.1, 5.1) ---------------------------------------------------------------------------


@requirement("Пара закреплена, прежний наставник её ведёт")
def pair_at_work(change):
    if change.pairing.state != "assigned":
        return Complaint("Пара уже не закреплена: заменять некого", "Куратор отменяет замену")
    if change.former.until is not None:
        return Complaint(
            f"{change.former.person.short_name} эту пару уже не ведёт", "Куратор отменяет замену и начинает новую"
        )
    if change.is_temporary and change.lasting:
        return Complaint("Наставник уже заменён временно", "Сначала верните прежнего наставника или дождитесь его")


@requirement("Новый наставник стоит в банке и не участвует в этой паре")
def successor_fits(change):
    """п. 3.3: candidates are approved by the director; mentor and mentee are different people."""
    name = change.candidate.person.short_name
    if change.candidate.state not in ("approved", "appointed"):
        return Complaint(
            f"{name} не стоит в банке наставников",
            "Кандидата утверждает директор",
            reverse("people:banks"),
            "Открыть банк",
        )
    if any(p.person_id == change.candidate.person_id for p in change.pairing.people):
        return Complaint(
            f"{name} уже участвует в этой паре", "Куратор выбирает другого наставника", _edit(change), "Изменить"
        )


@requirement("У нового наставника есть место")
def successor_has_room(change):
    limit, led = change.candidate.capacity_persons, sum(p.part == "mentee" for p in change.pairing.people)
    if limit is not None and change.load + led > limit:
        return Complaint(
            f"{change.candidate.person.short_name} может взять не больше "
            f"{plural(limit, 'наставляемого,наставляемых,наставляемых')}, а с этой заменой их будет {change.load + led}",
            "Куратор выбирает другого наставника или меняет анкету",
            _edit(change),
            "Изменить",
        )


@requirement("Согласие нового наставника на обработку персональных данных есть")
def successor_processing(change):
    if not change.has_processing:
        return _consent(change, "Нет согласия на обработку персональных данных", purpose="processing")


@requirement("Письменное согласие нового наставника на обязанности в этой паре есть")
def successor_duties(change):
    """п. 3.2: nobody becomes a mentor without a written consent."""
    if not change.has_duties:
        words = "Нет письменного согласия на обязанности наставника этой пары"
        return _consent(change, words, purpose="duties", part="mentor", matter=change.pairing.uuid)


def _consent(change, words, **query):
    person = change.candidate.person
    url = f"{reverse('people:consent_new', args=[person.pk])}?{urlencode(query)}"
    return Complaint(f"{words}: {person.short_name}", TAKES_CONSENT, url, "Записать согласие")


@requirement("Новый наставник назначен приказом")
def successor_appointed(change):
    if change.candidate.state == "approved":
        return Complaint(
            f"{change.candidate.person.short_name} ещё не назначен{'а' if change.candidate.person.gender == 'f' else ''} наставником",
            "Назначение можно внести в тот же приказ: его готовит куратор",
        )


@requirement("Основание замены записано")
def grounds(change):
    if change.ground in ("petition", "refusal") and not change.paper_on:
        return Complaint("Не указана дата ходатайства или заявления", "Указывает куратор", _edit(change), "Указать")


@requirement("Сказано, что передаётся новому наставнику")
def handed_over(change):
    if not change.handover.strip():
        return Complaint(
            "Не записано, что передано новому наставнику: на чём остановилась программа, какие материалы",
            "Записывает куратор",
            _edit(change),
            "Записать",
        )


def _edit(change) -> str:
    return reverse("programs:substitution_edit", args=[change.pk])


_BEFORE_READY = (
    pair_at_work,
    successor_fits,
    grounds,
    handed_over,
    successor_has_room,
    successor_processing,
    successor_duties,
)
SUBSTITUTION = _life("замена наставника", "а", *_BEFORE_READY)
TO_ENACT = (*_BEFORE_READY, successor_appointed)
"""What an order of replacement needs; the appointment may stand in the same order (п. 3.2)."""


# --- suspension and resumption ---------------------------------------------------------------------------------------


@requirement("Программа реализуется")
def runs(change):
    if change.program.state != "running":
        return Complaint("Программа сейчас не реализуется: приостанавливать нечего", "Куратор отменяет приостановление")


@requirement("Программа ещё не приостановлена на эти дни")
def not_paused(change):
    if change.overlaps:
        return Complaint("На эти дни программа уже приостановлена приказом", "Куратор меняет даты или отменяет")


PAUSE = _life("приостановление программы", "о", runs, not_paused)


@requirement("Программа приостановлена приказом и ещё не возобновлена")
def is_paused(change):
    if change.pause.state != "registered" or change.pause.resumed_on is not None:
        return Complaint("Программа не приостановлена или уже возобновлена", "Куратор отменяет возобновление")


RESUMPTION = _life("возобновление программы", "о", is_paused)


# --- end of a pair without a programme (п. 7.1 by analogy) -----------------------------------------------------------


@requirement("Пара закреплена приказом")
def assigned(change):
    if change.pairing.state != "assigned":
        return Complaint("Пара уже не закреплена: прекращать нечего", "Куратор отменяет")


@requirement("Утверждённой программы у пары нет")
def no_program(change):
    """A programme that runs ends with its pair by an order of completion (п. 7.1)."""
    if change.has_program:
        return Complaint(
            "У пары есть утверждённая программа: пара завершается вместе с ней (п. 7.1)",
            "Куратор начинает завершение на странице программы",
        )


DISSOLUTION = _life("прекращение закрепления", "о", assigned, no_program)


# --- petitions (п. 4.1, 5.1) -----------------------------------------------------------------------------------------

PETITION = Workflow(
    Transition("accept", "Удовлетворить", ("filed",), "accepted", _curator, "куратор", "ходатайство удовлетворено"),
    Transition("decline", "Отклонить", ("filed",), "declined", _curator, "куратор", "ходатайство отклонено"),
    Transition(
        "withdraw",
        "Отозвать",
        ("filed",),
        "withdrawn",
        lambda p, u: p.participation.person_id == u.person_id or u.can("programs.act_for_others"),
        "тот, кто его подал, с бумаги — куратор",
        "ходатайство отозвано",
    ),
)
