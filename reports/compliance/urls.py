"""Addresses of the map of clauses."""

from django.urls import path

from reports.compliance import views

ONE = "compliance/<int:year>/<str:code>/"
urlpatterns = [
    path("compliance/", views.page, name="compliance"),
    path("compliance/recount/", views.recount, name="compliance_recount"),
    path("compliance/pdf/", views.pdf, name="compliance_pdf"),
    path("compliance/laws/", views.frameworks, name="compliance_laws"),
    path("compliance/text/", views.contradictions, name="contradictions"),
    path("compliance/text/<slug:code>/", views.contradiction, name="contradiction"),
    path(ONE, views.clause, name="clause"),
    path(f"{ONE}exempt/", views.exempt, name="clause_exempt"),
    path(f"{ONE}apply/", views.apply_again, name="clause_apply"),
]
