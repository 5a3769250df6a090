"""Addresses of completion."""

from django.urls import path

from programs.completion import document_views, text_views, views

urlpatterns = [
    path("programs/<int:pk>/papers/<slug:what>/<int:participation>/", document_views.blank, name="program_blank"),
    path("programs/<int:pk>/completion/", views.overview, name="completion"),
    path("programs/<int:pk>/completion/new/", views.propose, name="completion_new"),
    path("completions/<int:pk>/", views.completion, name="completion_of"),
    path("completions/<int:pk>/report.pdf", document_views.report_pdf, name="completion_report_pdf"),
    path("completions/<int:pk>/review.pdf", document_views.review_pdf, name="completion_review_pdf"),
    path("completions/<int:pk>/conclusion/", text_views.conclude, name="completion_conclude"),
    path("completions/<int:pk>/review/", text_views.review, name="completion_review"),
    path("completions/<int:pk>/public/", text_views.public, name="completion_public"),
    *[
        path(f"completions/<int:pk>/{verb}/", views.decide, {"verb": verb}, name=f"completion_{verb}")
        for verb in views.QUESTIONS
    ],
]
