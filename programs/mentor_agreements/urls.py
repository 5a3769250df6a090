"""Addresses of agreements with mentors, of notices and of the calendar of working days."""

from django.urls import path

from programs.mentor_agreements import views

urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<int:pk>/", views.agreement, name="agreement"),
    path("agreements/<int:pk>/assign/", views.assign, name="agreement_assign"),
    path("agreements/<int:pk>/terms/", views.terms, name="agreement_terms"),
    path("agreements/<int:pk>/exempt/", views.exempt, name="agreement_exempt"),
    path("agreements/<int:pk>/sign/", views.sign, name="agreement_sign"),
    path("agreements/<int:pk>/order/", views.order, name="agreement_order"),
    path("agreements/<int:pk>/stop/", views.stop, name="agreement_stop"),
    path("agreements/<int:pk>/close/", views.close, name="agreement_close"),
    path("agreements/<int:pk>/drop/", views.drop, name="agreement_drop"),
    path("agreements/<int:pk>/attach/<str:paper>/", views.attach, name="agreement_attach"),
    path("agreements/<int:pk>/scan/<str:paper>/", views.scan, name="agreement_scan"),
    path("agreements/<int:pk>/paper/<str:paper>/", views.paper, name="agreement_paper"),
    path("people/<int:pk>/agreements/", views.person_agreements, name="person_agreements"),
    path("people/<int:pk>/agreements/new/", views.agreement_new, name="agreement_new"),
]
