"""Addresses of final analytical reports."""

from django.urls import path

from reports.annual_report import views

urlpatterns = [
    path("annual/", views.annuals, name="annuals"),
    path("annual/new/", views.new, name="annual_new"),
    path("annual/<int:pk>/", views.annual, name="annual"),
    path("annual/<int:pk>/refresh/", views.refresh, name="annual_refresh"),
    path("annual/<int:pk>/section/<slug:key>/", views.section, name="annual_section"),
    path("annual/<int:pk>/figure/<slug:code>/", views.figure, name="annual_figure"),
    path("annual/<int:pk>/risks/", views.risks, name="annual_risks"),
    path("annual/<int:pk>/submit/", views.submit, name="annual_submit"),
    path("annual/<int:pk>/send-back/", views.send_back, name="annual_send_back"),
    path("annual/<int:pk>/sign/", views.sign, name="annual_sign"),
    path("annual/<int:pk>/report.pdf", views.pdf, name="annual_pdf"),
    path("annual/<int:pk>/report.docx", views.docx, name="annual_docx"),
    path("annual/<int:pk>/report.xlsx", views.xlsx, name="annual_xlsx"),
]
