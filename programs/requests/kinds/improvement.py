"""A participant proposes to improve the program; what is accepted may become an amendment (п. 5.1, 7.2)."""

from typing import Any

from django import forms

from mentoring_site.workflow import Refused
from people.promises import Promise
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.program.forms import area
from programs.program.states import ENDED, IN_FORCE
from programs.requests.forms import DecisionForm
from programs.requests.kinds.base import MENTEE, MENTOR, RequestKind, Route, Step, Term

BEGUN = "Изменение программы уже правят или согласуют: отмените его на его странице"


class ImprovementDecisionForm(DecisionForm):
    """The answer, and the amendment that acceptance prepares: its reason is read by everybody in the program."""

    conditional = {"reason"}
    amend = forms.BooleanField(label="Подготовить изменение программы", required=False, initial=True)
    reason = forms.CharField(label="Причина изменения", max_length=2000, widget=area(2), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = Promise.PROGRAM.sentence
        self.fields["reason"].initial = "Предложение участника программы"
        program = self.asked.program
        if self.verb != "accept" or program is None or program.state not in IN_FORCE:
            del self.fields["amend"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("amend") and not said.get("reason", "").strip():
            self.add_error("reason", "Напишите, почему программу меняют: это прочтут все её участники")
        return said

    def extra(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("amend", "reason") if name in self.fields}


def _amend(request: Any, *, by: Any, data: dict[str, Any]) -> Amendment | None:
    """Prepare an amendment, or name the one that is being prepared already."""
    if not data.get("amend"):
        return None
    begun = Amendment.objects.filter(program=request.program, state=Amendment.State.PROPOSED).first()
    return begun or amendment_acts.propose(request.program, by=by, reason=data["reason"])


def _take_back(request: Any, *, by: Any) -> None:
    """Withdraw the amendment that acceptance has prepared, while it is as it was prepared."""
    made = request.led_to
    if made is None or made.created_at < request.decided_at:
        return
    if made.state != Amendment.State.PROPOSED or made.version > 1 or made.consents.exists():
        raise Refused(BEGUN)
    change_acts.withdraw(made, by=by)


IMPROVEMENT = RequestKind(
    code="improvement",
    position=20,
    name="предложение о программе",
    genitive="предложения о программе",
    offer="Предложить, как улучшить программу",
    submit="Предложить",
    filed="Предложение отправлено куратору",
    lead="Что изменить в плане, сроках или встречах. Куратор ответит, а принятое подготовит как изменение.",
    ask="Что изменить и зачем",
    gender="n",
    about="program",
    filers=(MENTEE, MENTOR),
    routes=(Route("curator", Promise.PROPOSAL, readers=(MENTOR,)),),
    terms=(Term("", lambda school: 5),),
    accept=Step(
        label="Принять предложение",
        heading="Принять предложение?",
        success="Предложение принято",
        words="предложение принято",
        state="принято",
        effects=(
            "Автор узнает ответ.",
            "Изменение программы вступит в силу после согласия участников и приказа (п. 7.2).",
        ),
    ),
    decline=Step(
        label="Отклонить",
        heading="Отклонить предложение?",
        success="Предложение отклонено",
        words="предложение отклонено",
        state="отклонено",
        ask="Почему",
        effects=("Автор узнает причину.",),
    ),
    closed_for=lambda subject: "Программа завершена: менять в ней нечего" if subject.program.state in ENDED else "",
    decision_form="programs.requests.kinds.improvement.ImprovementDecisionForm",
    enact=_amend,
    take_back=_take_back,
)
