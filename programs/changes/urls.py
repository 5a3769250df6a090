"""Addresses of changes of pairs and programmes at work, and of petitions."""

from django.urls import path

from programs.changes import views
from programs.changes.amendment import views as amendment_views
from programs.changes.dissolution import views as dissolution_views
from programs.changes.pause import views as pause_views
from programs.changes.petitions import views as petition_views
from programs.changes.replacement import views as replacement_views

urlpatterns = [
    path("programs/<int:pk>/changes/", views.overview, name="program_changes"),
    path("programs/<int:pk>/amendment/new/", amendment_views.new, name="amendment_new"),
    path("programs/<int:pk>/pause/new/", pause_views.pause_new, name="pause_new"),
    path("pairings/<int:pk>/replacement/new/", replacement_views.replacement_new, name="replacement_new"),
    path("pairings/<int:pk>/end/new/", dissolution_views.dissolution_new, name="dissolution_new"),
    path("pairings/<int:pk>/petition/new/", petition_views.petition_new, name="petition_new"),
    path("changes/pause/<int:pk>/resume/", pause_views.resume_new, name="resume_new"),
    path("changes/amendment/<int:pk>/edit/", amendment_views.edit, name="amendment_edit"),
    path("changes/amendment/<int:pk>/lines/new/", amendment_views.line, name="amendment_line_new"),
    path("changes/amendment/<int:pk>/lines/<int:number>/", amendment_views.line, name="amendment_line"),
    path("changes/amendment/<int:pk>/lines/<int:number>/drop/", amendment_views.line_drop, name="amendment_line_drop"),
    path("changes/amendment/<int:pk>/agree/<int:participation>/", amendment_views.agree, name="amendment_agree"),
    path("changes/replacement/<int:pk>/edit/", replacement_views.replacement_edit, name="replacement_edit"),
    path("changes/replacement/<int:pk>/return/", replacement_views.replacement_return, name="replacement_return"),
    path("changes/<slug:what>/<int:pk>/", views.change, name="change"),
    *[
        path(f"changes/<slug:what>/<int:pk>/{verb}/", views.decide, {"verb": verb}, name=f"change_{verb}")
        for verb in views.QUESTIONS
    ],
    path("petitions/<int:pk>/", petition_views.petition, name="petition"),
    *[
        path(f"petitions/<int:pk>/{verb}/", petition_views.petition_decide, {"verb": verb}, name=f"petition_{verb}")
        for verb in petition_views.DECISIONS
    ],
]
