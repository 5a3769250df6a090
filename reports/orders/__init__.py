"""Orders: drafted from facts, visaed, frozen for the pen, registered; only registration enacts (docs/decisions/0002)."""

from reports.orders.acquaintance import acquaint, remind
from reports.orders.drafts import (
    agree,
    back_to_draft,
    discard,
    draft,
    drop_item,
    edit,
    give_visa,
    outdated,
    recompose,
    send_to_signature,
)
from reports.orders.proposals import propose, restate
from reports.orders.registration import attach_scan, register, skipped, suffix_of, suggest_number
from reports.orders.visas import pass_visa, successors

__all__ = [
    "acquaint",
    "agree",
    "attach_scan",
    "back_to_draft",
    "discard",
    "draft",
    "drop_item",
    "edit",
    "give_visa",
    "outdated",
    "pass_visa",
    "propose",
    "recompose",
    "register",
    "remind",
    "restate",
    "send_to_signature",
    "skipped",
    "successors",
    "suffix_of",
    "suggest_number",
]
