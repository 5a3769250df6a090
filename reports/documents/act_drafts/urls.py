"""Addresses of drafts of local acts."""

from django.urls import path

from reports.documents.act_drafts import views

urlpatterns = [
    path("act-drafts/", views.drafts, name="act_drafts"),
    path("act-drafts/new/", views.new, name="act_draft_new"),
    path("act-drafts/<int:pk>/", views.draft, name="act_draft"),
    path("act-drafts/<int:pk>/write/", views.write, name="act_draft_write"),
    path("act-drafts/<int:pk>/discuss/", views.discuss, name="act_draft_discuss"),
    path("act-drafts/<int:pk>/remark/", views.remark, name="act_draft_remark"),
    path("act-drafts/<int:pk>/agree/", views.agree, name="act_draft_agree"),
    path("act-drafts/<int:pk>/rework/", views.rework, name="act_draft_rework"),
    path("act-drafts/<int:pk>/approve/", views.approve, name="act_draft_approve"),
    path("act-drafts/<int:pk>/drop/", views.drop, name="act_draft_drop"),
    path("act-drafts/remarks/<int:pk>/answer/", views.remark_answer, name="act_remark_answer"),
]
