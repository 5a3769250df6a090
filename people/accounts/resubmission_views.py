"""A form sent after its session had ended: send it again or delete it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.accounts.resubmission import forget, section_of, stored_for, texts_of


@require_http_methods(["GET", "POST"])
def resubmission(request):
    """Name the page and the texts, offer to send them; a POST here deletes them."""
    stored = stored_for(request)
    if stored is None:
        return redirect("/home/")
    if request.method == "POST":
        forget(request)
        messages.info(request, "Набранное не отправлено и больше не хранится")
        return redirect("/home/")
    context = {
        "section": section_of(stored["page"]),
        "page": stored["page"],
        "action_url": stored["path"],
        "fields": stored["fields"],
        "texts": texts_of(stored),
        "files": stored["files"],
    }
    return render(request, "people/accounts/resubmission.html", context)
