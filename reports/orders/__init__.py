"""Orders: drafted from facts, visaed, frozen for the pen, registered; only registration enacts (house, section 3)."""

from reports.orders.acts import (
    acquaint,
    agree,
    attach_scan,
    back_to_draft,
    draft,
    edit,
    give_visa,
    recompose,
    register,
    send_to_signature,
    suggest_number,
)

__all__ = [
    "acquaint",
    "agree",
    "attach_scan",
    "back_to_draft",
    "draft",
    "edit",
    "give_visa",
    "recompose",
    "register",
    "send_to_signature",
    "suggest_number",
]
