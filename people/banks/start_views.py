"""The first filling of a bank: people whom the staff list suggests, their consents, one press for all (п. 3.4)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Crumb
from mentoring_site.views_log import Kind, note
from people.banks import acts
from people.banks.forms import StartForm
from people.banks.models import Candidate
from people.banks.presenters import PART_OF_BANK, TITLES
from people.banks.suggestions import suggestions
from people.consents import presenters as consent_presenters
from people.consents.models import PROCESSING
from people.rights import Right

PEOPLE = "человек,человека,человек"
BLANKS_AT_ONCE = 40
LEADS = {
    "mentee": "Молодые специалисты и те, у кого нет категории: по списку сотрудников.",
    "mentor": "Преподаватели высшей и первой категории: по списку сотрудников. Отметьте, кого видите наставником.",
}
WHY = {
    "mentee": "По списку сотрудников: молодой специалист или нет категории",
    "mentor": "По списку сотрудников: категория и стаж",
}


def start(request, bank):
    """A ready list: tick all or some, print the blanks of missing consents, record the signed ones and propose."""
    require(request.user, Right.BANKS_FILL_FOR_OTHERS, act="предлагать кандидатов списком")
    part = PART_OF_BANK[bank]
    rows = suggestions(part)
    form = StartForm(request.POST or None, people=[row.person for row in rows])
    note(request.user, [row.person.pk for row in rows], Kind.CONSENTS)
    if request.method == "POST" and form.is_valid():
        if "blanks" in request.POST:
            missing = {row.person.pk for row in rows if not row.has_consent}
            people = [person for person in form.chosen() if person.pk in missing] or form.chosen()
            return consent_presenters.blanks(people[:BLANKS_AT_ONCE], PROCESSING)
        signed_on = form.cleaned_data.get("given_on") if form.cleaned_data.get("signed") else None
        made = act_with_form(
            form,
            lambda: acts.propose_several(form.chosen(), part, by=request.user, why=WHY[part], signed_on=signed_on),
        )
        if made:
            messages.success(request, _said(made))
            return redirect(f"people:bank_{bank}")
    ticked = set(request.POST.getlist("person"))
    missing_count = sum(not row.has_consent for row in rows)
    context = {
        "form": form,
        "rows": [(row, str(row.person.pk) in ticked) for row in rows],
        "all": "all" in request.POST,
        "missing": plural(missing_count, PEOPLE) if missing_count else "",
        "count": len(rows),
        "title": TITLES[part],
        "lead": LEADS[part],
        "bank": bank,
        "is_mentor": part == Candidate.Part.MENTOR,
        "crumbs": [Crumb(TITLES[part], reverse(f"people:bank_{bank}")), Crumb("Предложить списком")],
    }
    return render(request, "people/banks/bank_start.html", context)


def _said(made: list[Candidate]) -> str:
    return f"Предложено: {plural(len(made), PEOPLE)}. Дальше — анкеты: их заполняют сами люди или Вы с их слов"
