"""The page that enters a pair or group which already exists on paper, with its program."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from people.rights import Right
from programs.paper_entry import acts as paper_entry_acts
from programs.paper_entry.forms import PaperForm


def new(request):
    """Enter a pair with its real dates and orders; nobody gets a letter, missing papers stay listed as missing."""
    require(request.user, Right.PAPER_ENTER)
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pairing = act_with_form(form, lambda: paper_entry_acts.enter(by=request.user, **form.values()))
        if pairing:
            program = pairing.programs.first()
            messages.success(request, "Внесено с бумаги. Писем никто не получил; чего не хватает, показано на странице")
            return redirect(program or pairing)
    return render(
        request,
        "programs/paper_entry/paper_new.html",
        {
            "form": form,
            "cancel_url": reverse("programs:pairings"),
            "crumbs": [Crumb("Пары и группы", reverse("programs:pairings")), Crumb("С бумаги")],
        },
    )
