"""Letters of methodical materials: which ask for something, and whether they still do."""

from mentoring_site.mail import while_there
from roadmap.library.models import Material

NEEDED = {
    "material_review": while_there(Material, state=Material.State.REVIEW),
    "material_returned": while_there(Material, state=Material.State.RETURNED),
}
NEWS = {"material_accepted"}
