"""Addresses of agreements with mentors and of each of their steps."""

from django.urls import path

from programs.mentor_agreements import step_views, views

urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/print/", views.agreements_print, name="agreements_print"),
    path("agreements/assign/", views.agreements_assign, name="agreements_assign"),
    path("agreements/remind/", views.agreements_remind, name="agreements_remind"),
    path("agreements/sign/", views.agreements_sign, name="agreements_sign"),
    path("agreements/paid/", views.agreements_paid, name="agreements_paid"),
    path("agreements/<int:pk>/", views.agreement, name="agreement"),
    path("agreements/<int:pk>/assign/", step_views.assign, name="agreement_assign"),
    path("agreements/<int:pk>/terms/", step_views.terms, name="agreement_terms"),
    path("agreements/<int:pk>/exempt/", step_views.exempt, name="agreement_exempt"),
    path("agreements/<int:pk>/sign/", step_views.sign, name="agreement_sign"),
    path("agreements/<int:pk>/order/", step_views.order, name="agreement_order"),
    path("agreements/<int:pk>/stop/", step_views.stop, name="agreement_stop"),
    path("agreements/<int:pk>/close/", step_views.close, name="agreement_close"),
    path("agreements/<int:pk>/drop/", step_views.drop, name="agreement_drop"),
    path("agreements/<int:pk>/attach/<str:paper>/", step_views.attach, name="agreement_attach"),
    path("agreements/<int:pk>/scan/<str:paper>/", views.scan, name="agreement_scan"),
    path("agreements/<int:pk>/paper/<str:paper>/", views.paper, name="agreement_paper"),
    path("people/<int:pk>/agreements/", views.person_agreements, name="person_agreements"),
    path("people/<int:pk>/agreements/new/", step_views.agreement_new, name="agreement_new"),
]
