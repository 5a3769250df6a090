"""Collects the models of the features, for Django only: code imports a model from its own folder."""

import roadmap.council.models
import roadmap.legal_base.models
import roadmap.plan.models
import roadmap.regulation.models  # noqa: F401
