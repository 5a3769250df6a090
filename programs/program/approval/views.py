"""Decisions on a draft: confirmed by mentees, submitted, endorsed, remarked, agreed or returned (п. 3.4, 3.5, 5.1)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mentoring_site import undo
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_together, act_with_form, came_from
from mentoring_site.joint import follow_up
from mentoring_site.rights import require
from mentoring_site.russian import joined, ruday
from people.promises import Promise
from people.rights import Right
from people.roles.instead import require_impartial
from programs.pairings.forms import MinutesForm
from programs.program import content_presenters
from programs.program import presenters as program_presenters
from programs.program import rules as program_rules
from programs.program.approval import acts
from programs.program.approval.forms import ConfirmDraftForm, GrifForm, RemarkForm, ReturnForm
from programs.program.content import content_sha256
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Remark
from programs.program.rules import parties
from programs.program.views import get_program


def _page(program, heading, submit, **context):
    """Return the context of a page that asks before an act."""
    return {
        "heading": heading,
        "lead": f"«{program.title}»",
        "submit": submit,
        "cancel_url": program.get_absolute_url(),
        "crumbs": program_presenters.crumbs(program, submit),
    } | context


def _done(request, form, act, *, success, to, undoable=""):
    """Run ``act`` for a valid form and redirect with a message; None leaves the form with what is to be corrected."""
    if request.method != "POST" or not form.is_valid():
        return None
    done = act_with_form(form, act, request)
    if done is None:
        return None
    if done is not True:  # True: somebody had done it before
        undo.say(request, success, to, undoable) if undoable else messages.success(request, success)
    return redirect(to)


def _names(program, part) -> str:
    return joined([p.person.short_name for p in program.pairing.people if p.part == part])


def confirm(request, pk, participation=None):
    """A mentee reads and confirms the draft; the curator records it from paper (п. 5.1)."""
    program = get_program(request, pk)
    mine = next(
        (
            p
            for p in program.pairing.people
            if p.part == "mentee"
            and (p.pk == participation if participation else p.person_id == request.user.person_id)
        ),
        None,
    )
    if mine is None:
        raise Http404
    own = mine.person_id == request.user.person_id
    require_impartial(
        request.user,
        Right.PROGRAMS_ACT_FOR_OTHERS,
        parties(program),
        unless=own,
        also=drafting_acts.MENTEE_HIMSELF,
    )
    form = ConfirmDraftForm(request.POST or None, initial={"seen": content_sha256(program)})
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: drafting_acts.confirm_draft(program, mine, by=request.user, seen=form.cleaned_data["seen"]),
            success="Проект подтверждён" if own else f"Записано: {mine.person.short_name} подтверждает проект",
            to=program,
        )
    remarks = content_presenters.Remarks(program, request.user, resolvable=False)
    return render(
        request,
        "programs/program/program_confirm.html",
        _page(
            program,
            "Подтвердить проект программы?" if own else f"Записать подтверждение: {mine.person.short_name}",
            "Подтверждаю проект" if own else "Записать подтверждение",
            form=form,
            fields=content_presenters.fields(program, request.user, remarks),
            plan=content_presenters.plan(program, request.user, remarks),
            edit_url=reverse("programs:program_edit", args=[program.pk])
            if own and program_rules.may_draft(program, request.user)
            else "",
        ),
    )


@require_POST
def ask(request, pk):
    """Ask the mentees by letter to read and confirm the draft, at most once a day."""
    program = get_program(request, pk)
    return act_and_redirect(
        request,
        lambda: drafting_acts.ask_to_confirm(program, by=request.user),
        success="Просьба подтвердить проект написана",
        to=came_from(request, program),
    )


def submit(request, pk):
    """Hand the draft over to the curator."""
    program = get_program(request, pk)
    program_rules.require_drafting(program, request.user)
    together = follow_up(program, "submit", request.user)
    if request.method == "POST":
        return act_together(
            request,
            lambda: acts.submit(program, by=request.user),
            together,
            success=f"Проект передан куратору: {program.curator.short_name}",
            to=program,
        )
    consequences = [
        f"Проект получит куратор: {program.curator.short_name}",
        "Пока он на согласовании, править его нельзя; вернуть на доработку могут куратор и совет",
    ]
    return render(
        request,
        "confirm.html",
        _page(program, "Передать проект куратору?", "Передать куратору", consequences=consequences, together=together),
    )


def endorse(request, pk):
    """The curator supports the draft and passes it to the council (п. 3.4)."""
    program = get_program(request, pk)
    require_impartial(request.user, Right.PROGRAMS_ENDORSE, parties(program))
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.endorse(program, by=request.user),
            success="Проект поддержан и передан методическому совету",
            to=program,
        )
    names = joined([p.short_name for p in acts.council()]) or "председатель и секретарь не назначены"
    consequences = ["Проект перейдёт методическому совету (п. 3.5 Положения)", f"Письмо получат: {names}"]
    return render(
        request,
        "confirm.html",
        _page(
            program, "Поддержать проект и передать совету?", "Поддержать и передать совету", consequences=consequences
        ),
    )


def agree(request, pk):
    """Record that the council agreed, by the number and date of its minutes (п. 3.5)."""
    program = get_program(request, pk)
    require_impartial(request.user, Right.PROGRAMS_AGREE, parties(program))
    form = MinutesForm(request.POST or None, decided_on=program)
    done = _done(
        request,
        form,
        lambda: acts.agree(program, by=request.user, **form.cleaned_data),
        success="Согласование совета записано",
        to=program,
    )
    if done:
        return done
    return render(
        request,
        "confirm.html",
        _page(
            program,
            "Записать согласование совета",
            "Записать согласование",
            form=form,
            consequences=[
                "Программу можно будет включить в приказ директора об утверждении",
                "Править её без возврата на доработку нельзя",
            ],
        ),
    )


def grif(request, pk):
    """Record the director's «УТВЕРЖДАЮ» on the signed title page, where the school approves programs so (п. 3.3)."""
    program = get_program(request, pk)
    require(request.user, Right.ORDERS_REGISTER)
    form = GrifForm(request.POST or None, request.FILES or None, initial={"date": timezone.localdate()})

    def act():
        with stored_upload(form.cleaned_data["scan"], by=request.user) as scan:
            return acts.approve_by_grif(program, by=request.user, date=form.cleaned_data["date"], scan=scan)

    done = _done(request, form, act, success="Программа утверждена и закрыта для правки", to=program)
    if done:
        return done
    consequences = [
        "Утверждённая редакция закроется для правки",
        f"Программа начнётся {ruday(program.starts_on)}"
        if program.starts_on
        else "Программа начнётся в свой первый день",
    ]
    page = _page(
        program, "Записать утверждение программы", "Программа утверждена", form=form, consequences=consequences
    )
    return render(request, "confirm.html", page | {"multipart": True})


@require_GET
def grif_scan(request, pk):
    """The scan of the signed title page."""
    program = get_program(request, pk)
    if program.grif_scan_id is None:
        raise Http404("Скан титульного листа не приложен")
    return serve(program.grif_scan)


def send_back(request, pk):
    """Return a program to drafting with a remark."""
    program = get_program(request, pk)
    program.WORKFLOW["send_back"].require(program, request.user)
    form = ReturnForm(request.POST or None)
    done = _done(
        request,
        form,
        lambda: acts.send_back(program, by=request.user, reason=form.cleaned_data["reason"]),
        success="Программа возвращена на доработку",
        to=program,
    )
    if done:
        return done
    people = f"{_names(program, 'mentor')}, {_names(program, 'mentee')}"
    return render(
        request,
        "confirm.html",
        _page(
            program,
            "Вернуть программу на доработку?",
            "Вернуть на доработку",
            form=form,
            danger=True,
            consequences=[
                f"Письмо получат: {people}",
                "Проект снова откроется для правки",
                "После правки его подтвердят, поддержат и согласуют заново",
            ],
        ),
    )


def remark(request, pk):
    """Write a remark bound to a field or to an activity (п. 3.5)."""
    program = get_program(request, pk)
    require(request.user, Right.PROGRAMS_REMARK)
    form = RemarkForm(request.POST or None, program=program, initial={"about": request.GET.get("about", "")})
    done = _done(
        request,
        form,
        lambda: acts.remark(program, by=request.user, text=form.cleaned_data["text"], **form.target()),
        success="Замечание записано",
        to=program,
        undoable="remark",
    )
    if done:
        return done
    hint = f"{Promise.TALK.sentence}. Пока замечание не отметят учтённым, программу нельзя согласовать"
    return render(
        request, "form.html", _page(program, "Замечание к программе", "Записать замечание", form=form, hint=hint)
    )


@require_POST
def resolve(request, pk, remark):
    """Mark a remark as taken into account."""
    program = get_program(request, pk)
    row = get_object_or_404(Remark.objects.select_related("program"), pk=remark, program=program.pk)
    return act_and_redirect(
        request, lambda: acts.resolve(row, by=request.user), success=f"Учтено: {row.about}", to=program
    )
