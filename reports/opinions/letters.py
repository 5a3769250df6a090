"""The letter to the head of the union: whether the opinion is still awaited when it leaves."""

from mentoring_site.mail import while_there
from reports.opinions.models import UnionOpinion

NEEDED = {"union_asked": while_there(UnionOpinion, answer="")}
