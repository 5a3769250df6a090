"""Addresses of completion."""

from django.urls import path

from programs.views import completion, completion_texts, program_papers

urlpatterns = [
    path("programs/<int:pk>/completion/", completion.overview, name="completion"),
    path("programs/<int:pk>/completion/new/", completion.propose, name="completion_new"),
    path("completions/<int:pk>/", completion.completion, name="completion_of"),
    path("completions/<int:pk>/report.pdf", program_papers.report_pdf, name="completion_report_pdf"),
    path("completions/<int:pk>/review.pdf", program_papers.review_pdf, name="completion_review_pdf"),
    path("completions/<int:pk>/conclusion/", completion_texts.conclude, name="completion_conclude"),
    path("completions/<int:pk>/review/", completion_texts.review, name="completion_review"),
    path("completions/<int:pk>/public/", completion_texts.public, name="completion_public"),
    *[
        path(f"completions/<int:pk>/{verb}/", completion.decide, {"verb": verb}, name=f"completion_{verb}")
        for verb in completion.QUESTIONS
    ],
]
