"""What was typed when the session had ended: send it or leave it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.accounts import resubmission


@require_http_methods(["GET", "POST"])
def show(request):
    """Name the page and the words, offer to send them; a POST here leaves them."""
    found = resubmission.kept_for(request)
    if found is None:
        return redirect("/home/")
    if request.method == "POST":
        resubmission.forget(request)
        messages.info(request, "Набранное не отправлено и больше не хранится")
        return redirect("/home/")
    context = {
        "room": resubmission.room_of(found["page"]),
        "page": found["page"],
        "action_url": found["path"],
        "fields": found["fields"],
        "words": resubmission.words_of(found),
        "files": found["files"],
    }
    return render(request, "people/accounts/kept.html", context)
