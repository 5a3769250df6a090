"""Pages of completion: who finishes and why, conclusion, review, words for the public (п. 5.2, 7.1, 8.1, 8.2)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.acts import attempt, try_form
from mentoring_site.russian import joined, ruday, rushort
from mentoring_site.workflow import action, readiness
from people import history
from people.consents import allowed_fields
from people.models.consent import PUBLIC_FIELDS
from programs import completion as acts
from programs.forms.completion import ConclusionForm, ProposeForm, PublicTextForm, ReviewForm
from programs.models import Completion
from programs.views.program_page import crumbs, takes_part
from programs.views.running import seen

TONES = {"proposed": "you", "ready": "others", "registered": "done", "withdrawn": "stopped"}
OWN_REASONS = {"mentor": ("plan", "mentor", "mutual"), "mentee": ("plan", "mentee", "mutual")}


def reasons_for(program, user) -> tuple:
    """Return the reasons of п. 7.1 that the user may name."""
    if user.can("programs.act_for_others"):
        return tuple(Completion.Reason.values)
    mine = takes_part(program, user)
    return OWN_REASONS[mine.part] if mine else ()


@require_GET
def overview(request, pk):
    """Completions of a programme: for whom, why, how far."""
    program = seen(request, pk)
    rows = [
        {
            "url": reverse("programs:completion_of", args=[c.pk]),
            "person": c.participation.person.full_name,
            "reason": c.get_reason_display(),
            "badge": {"word": c.get_state_display(), "tone": TONES[c.state]},
            "order": f"приказ от {rushort(c.order_date)} № {c.order_number}" if c.order_date else "",
        }
        for c in program.completions.select_related("participation__person").order_by("pk")
    ]
    may = (
        program.state == "running"
        and reasons_for(program, request.user)
        and _open_mentees(program, request.user).exists()
    )
    return render(
        request,
        "programs/completions.html",
        {
            "program": program,
            "rows": rows,
            "crumbs": crumbs(program, "Завершение"),
            "new_url": reverse("programs:completion_new", args=[pk]) if may else "",
        },
    )


def _open_mentees(program, user):
    """Mentees for whom the user may begin a completion: in a group a mentee only for oneself."""
    taken = program.completions.exclude(state="withdrawn").values("participation")
    mentees = program.pairing.participations.live().filter(part="mentee").exclude(pk__in=taken).select_related("person")
    mine = takes_part(program, user)
    if mine and mine.part == "mentee" and not user.can("programs.act_for_others"):
        return mentees.filter(pk=mine.pk)
    return mentees


@require_http_methods(["GET", "POST"])
def propose(request, pk):
    """Begin a completion for one mentee with one of the reasons."""
    program = seen(request, pk)
    reasons = reasons_for(program, request.user)
    if not reasons:
        raise PermissionDenied("Завершение начинают участники программы и куратор")
    form = ProposeForm(request.POST or None, participations=_open_mentees(program, request.user), reasons=reasons)
    if form.is_valid():
        data = form.cleaned_data
        made = try_form(
            form,
            lambda: acts.propose(
                program,
                data["participation"],
                by=request.user,
                reason=data["reason"],
                circumstances=data["circumstances"],
                notice_on=data["notice_on"],
                request_key=data["request_key"],
            ),
        )
        if made:
            messages.success(
                request,
                "Завершение начато. Участники получат письма: нужны заключение наставника и отзыв наставляемого",
            )
            return redirect("programs:completion_of", made.pk)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Завершить программу",
            "lead": program.title,
            "submit": "Начать завершение",
            "cancel_url": program.get_absolute_url(),
            "crumbs": crumbs(program, "Завершение"),
            "hint": "Завершит программу приказ директора: до него можно передумать.",
        },
    )


def known(request, pk) -> Completion:
    """Return a completion that the user may see, with what its page reads."""
    return get_object_or_404(
        Completion.objects.visible_to(request.user)
        .with_requirements()
        .select_related("participation__candidate", "concluded_by__person", "reviewed_by__person"),
        pk=pk,
    )


@require_GET
def completion(request, pk):
    """One completion: what is written, what is missing, whose move it is."""
    found = known(request, pk)
    program = seen(request, found.program_id)
    allowed = allowed_fields([found.participation.person_id]).get(found.participation.person_id, frozenset())
    private = _reads_private(found, program, request.user)
    return render(
        request,
        "programs/completion.html",
        {
            "completion": found,
            "program": program,
            "crumbs": crumbs(program, "Завершение"),
            "badge": {"word": found.get_state_display(), "tone": TONES[found.state]},
            "checks": readiness(found, "ready") if found.state == "proposed" and private else [],
            "actions": _actions(found, program, request.user),
            "private": private,
            "outcomes": [
                {"text": o.difficulty.text, "word": o.get_level_display(), "comment": o.comment}
                for o in found.outcomes.all()
            ]
            if private
            else [],
            "facts": _facts(found),
            "allowed": joined([PUBLIC_FIELDS[f] for f in PUBLIC_FIELDS if f in allowed]),
            "entries": history.entries([found]),
        },
    )


def _reads_private(completion, program, user) -> bool:
    """In a group a mentee reads only one's own conclusion and difficulties (п. 1.3, подп. 4)."""
    mine = takes_part(program, user)
    return not (mine and mine.part == "mentee" and mine.person_id != completion.participation.person_id)


def _facts(c) -> list[dict]:
    rows = [
        ("Наставляемый", c.participation.person.full_name),
        ("Основание", c.get_reason_display()),
        ("Обстоятельства", c.circumstances),
        ("Заявление", ruday(c.notice_on) if c.notice_on else ""),
        ("Вывод", c.get_verdict_display()),
        ("Приказ", f"от {rushort(c.order_date)} № {c.order_number}" if c.order_date else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _actions(c, program, user) -> list[dict]:
    for_others = user.can("programs.act_for_others")
    mine = takes_part(program, user)
    mentor = bool(mine and mine.part == "mentor") or for_others
    own = c.participation.person_id == user.person_id or for_others

    def button(verb, label, shown, primary=False):
        url = reverse(f"programs:completion_{verb}", args=[c.pk])
        return (
            {
                "verb": verb,
                "label": label,
                "url": url,
                "primary": primary,
                "enabled": True,
                "reasons": [],
                "confirm": True,
            }
            if shown
            else None
        )

    open_now = c.state == "proposed"
    side_open = (
        (mine and mine.part == "mentor" and not c.mentor_agreed_at)
        or (own and not c.mentee_agreed_at)
        or (for_others and not (c.mentor_agreed_at and c.mentee_agreed_at))
    )
    found = [
        button(
            "conclude",
            "Написать заключение" if not c.concluded_at else "Исправить заключение",
            open_now and mentor,
            primary=not c.concluded_at,
        ),
        button(
            "review",
            "Написать отзыв" if not c.reviewed_at else "Исправить отзыв",
            open_now and own,
            primary=not c.reviewed_at,
        ),
        button("agree", "Согласиться завершить", open_now and c.reason == "mutual" and side_open),
        action(c, "ready", user, reverse("programs:completion_ready", args=[c.pk]), primary=True),
        button(
            "public",
            "Текст для сайта",
            c.state != "withdrawn" and (user.can("programs.publish") or bool(mine and mine.part == "mentor")),
        ),
        button(
            "approve",
            "Одобрить текст для сайта",
            own and c.public_text and not c.public_approved_at and c.state != "withdrawn",
            primary=True,
        ),
        action(c, "withdraw", user, reverse("programs:completion_withdraw", args=[c.pk])),
    ]
    if c.state == "ready" and user.can("orders.draft"):
        url = reverse("reports:order_new") + "?kind=completion"
        found.insert(
            0,
            {
                "verb": "order",
                "label": "Составить приказ о завершении",
                "url": url,
                "primary": True,
                "enabled": True,
                "reasons": [],
                "confirm": False,
            },
        )
    return [a for a in found if a]


def _write(request, pk, form_of, act, heading, submit, may, success):
    """Show a form about a completion and do its act."""
    found = known(request, pk)
    program = seen(request, found.program_id)
    if not may(found, program, request.user):
        raise PermissionDenied("Это пишет другой участник программы; с бумаги записывает куратор")
    form = form_of(found, request.POST or None)
    if form.is_valid() and try_form(form, lambda: act(found, form)):
        messages.success(request, success)
        return redirect("programs:completion_of", pk)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": heading,
            "lead": f"{program.title}: {found.participation.person.full_name}",
            "submit": submit,
            "cancel_url": reverse("programs:completion_of", args=[pk]),
            "crumbs": crumbs(program, heading),
        },
    )


def _mentor(found, program, user) -> bool:
    mine = takes_part(program, user)
    return bool(mine and mine.part == "mentor") or user.can("programs.act_for_others")


def _own(found, program, user) -> bool:
    return found.participation.person_id == user.person_id or user.can("programs.act_for_others")


@require_http_methods(["GET", "POST"])
def conclude(request, pk):
    """The mentor's conclusion with outcomes."""

    def form_of(found, data):
        own = [d for d in found.program.difficulties.all() if d.candidate_id == found.participation.candidate_id]
        return ConclusionForm(data, completion=found, difficulties=own)

    def act(found, form):
        data = form.cleaned_data
        return acts.conclude(
            found,
            by=request.user,
            conclusion=data["conclusion"],
            verdict=data["verdict"],
            discipline=data["discipline"],
            outcomes=form.outcomes(),
            version=data["version"],
        )

    return _write(
        request, pk, form_of, act, "Заключение наставника", "Сохранить заключение", _mentor, "Заключение записано"
    )


@require_http_methods(["GET", "POST"])
def review(request, pk):
    """The mentee's review."""
    return _write(
        request,
        pk,
        lambda found, data: ReviewForm(data, initial={"review": found.review, "version": found.version}),
        lambda found, form: acts.review(
            found, by=request.user, review=form.cleaned_data["review"], version=form.cleaned_data["version"]
        ),
        "Отзыв наставляемого",
        "Сохранить отзыв",
        _own,
        "Отзыв записан",
    )


@require_http_methods(["GET", "POST"])
def public(request, pk):
    """Results in words for the public."""
    return _write(
        request,
        pk,
        lambda found, data: PublicTextForm(data, initial={"public_text": found.public_text, "version": found.version}),
        lambda found, form: acts.write_public(
            found, by=request.user, public_text=form.cleaned_data["public_text"], version=form.cleaned_data["version"]
        ),
        "Результаты для сайта",
        "Отправить на одобрение",
        lambda f, p, u: u.can("programs.publish") or _mentor(f, p, u),
        "Текст записан и ждёт одобрения наставляемого",
    )


QUESTIONS = {
    "agree": (
        "Согласиться завершить программу?",
        "Согласиться завершить",
        ["Ваше согласие на завершение по обоюдному решению будет записано."],
        lambda c, u: acts.agree_to(c, by=u, part="mentee" if c.mentor_agreed_at else "mentor"),
        "Согласие записано",
    ),
    "approve": (
        "Одобрить текст для сайта?",
        "Одобрить текст",
        [
            "Куратор сможет опубликовать этот текст после завершения программы.",
            "Имя и должность появятся, только если Вы разрешили это письменно.",
        ],
        lambda c, u: acts.approve_public(c, by=u, version=c.version),
        "Текст одобрен",
    ),
    "ready": (
        "Передать завершение на приказ?",
        "Передать на приказ",
        ["Заключение и отзыв закроются для правки.", "Программу завершит приказ директора."],
        lambda c, u: acts.ready(c, by=u),
        "Завершение ждёт приказа",
    ),
    "withdraw": (
        "Отменить завершение?",
        "Отменить завершение",
        ["Программа продолжится.", "Написанное останется в истории."],
        lambda c, u: acts.withdraw(c, by=u),
        "Завершение отменено",
    ),
}


@require_http_methods(["GET", "POST"])
def decide(request, pk, verb):
    """A question and one of the acts without a text: agree, approve the public text, hand over, call off."""
    found = known(request, pk)
    heading, submit, consequences, act, success = QUESTIONS[verb]
    if request.method == "POST":
        return attempt(
            request, lambda: act(found, request.user), success=success, to=reverse("programs:completion_of", args=[pk])
        )
    facts = [{"label": "Текст", "value": found.public_text}] if verb == "approve" else _facts(found)
    return render(
        request,
        "confirm.html",
        {
            "heading": heading,
            "submit": submit,
            "consequences": consequences,
            "facts": facts,
            "danger": verb == "withdraw",
            "cancel_url": reverse("programs:completion_of", args=[pk]),
            "lead": found.program.title,
        },
    )
