"""Addresses of partners, agreements, networks, contacts and talks."""

from django.urls import path

from roadmap.partners import agreement_views, network_views, views

urlpatterns = [
    path("partners/", views.partners, name="partners"),
    path("partners/new/", views.new, name="partner_new"),
    path("partners/<int:pk>/", views.partner, name="partner"),
    path("partners/<int:pk>/edit/", views.edit, name="partner_edit"),
    path("partners/<int:pk>/site/", views.site, name="partner_site"),
    path("partners/<int:pk>/events/new/", views.event_new, name="partner_event_new"),
    path("partners/events/<int:pk>/remove/", views.event_remove, name="partner_event_remove"),
    path("partners/<int:pk>/agreements/new/", agreement_views.new, name="partner_agreement_new"),
    path("partners/agreements/", agreement_views.agreements, name="partner_agreements"),
    path("partners/agreements/<int:pk>/", agreement_views.agreement, name="partner_agreement"),
    path("partners/agreements/<int:pk>/edit/", agreement_views.edit, name="partner_agreement_edit"),
    path("partners/agreements/<int:pk>/paper/", agreement_views.paper, name="partner_agreement_paper"),
    path("partners/agreements/<int:pk>/sign/", agreement_views.sign, name="partner_agreement_sign"),
    path("partners/agreements/<int:pk>/end/", agreement_views.end, name="partner_agreement_end"),
    path("partners/agreements/<int:pk>/renew/", agreement_views.renew, name="partner_agreement_renew"),
    path("partners/agreements/<int:pk>/drop/", agreement_views.drop, name="partner_agreement_drop"),
    path("partners/contacts/", views.contacts, name="contacts"),
    path("partners/contacts/new/", views.contact_new, name="contact_new"),
    path("partners/contacts/<int:pk>/", views.contact, name="contact"),
    path("partners/contacts/<int:pk>/edit/", views.contact_edit, name="contact_edit"),
    path("partners/contacts/<int:pk>/forget/", views.contact_forget, name="contact_forget"),
    path("partners/networks/", network_views.networks, name="networks"),
    path("partners/networks/new/", network_views.new, name="network_new"),
    path("partners/networks/<int:pk>/", network_views.network, name="network"),
    path("partners/networks/<int:pk>/edit/", network_views.edit, name="network_edit"),
    path("partners/networks/<int:pk>/members/new/", network_views.member_new, name="network_member_new"),
    path("partners/networks/members/<int:pk>/end/", network_views.member_end, name="network_member_end"),
    path("partners/talks/", network_views.talks, name="talks"),
    path("partners/talks/new/", network_views.talk_new, name="talk_new"),
    path("partners/talks/<int:pk>/done/", network_views.talk_done, name="talk_done"),
    path("partners/talks/<int:pk>/remove/", network_views.talk_remove, name="talk_remove"),
]
