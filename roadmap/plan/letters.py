"""Letters about roadmaps that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from roadmap.plan.models import Roadmap

NEEDED = {
    "roadmap_submitted": while_there(Roadmap, state=Roadmap.State.SUBMITTED),
    "roadmap_returned": while_there(Roadmap, state=Roadmap.State.DRAFT),
}
