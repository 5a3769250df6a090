"""Collects the models of the features, for Django only: code imports a model from its own folder."""

import programs.catalogs.models
import programs.changes.amendment.models
import programs.changes.dissolution.models
import programs.changes.models
import programs.changes.pause.models
import programs.changes.petitions.models
import programs.changes.replacement.models
import programs.completion.models
import programs.journal.evidence.models
import programs.journal.models
import programs.mentor_agreements.models
import programs.pairings.models
import programs.program.models  # noqa: F401
