"""The way out: orders and their register, acquaintance, news of the public section."""

from reports.models.news import News
from reports.models.orders import Acquaintance, NumberCounter, Order, OrderItem, Visa
from reports.models.packages import Package
from reports.models.proposals import Proposal, ProposalPerson
from reports.models.register import (
    ActReader,
    DetachedSignature,
    LocalAct,
    ScanPage,
    ScanSource,
    ScanStack,
    SetAside,
)

__all__ = [
    "Acquaintance",
    "ActReader",
    "DetachedSignature",
    "LocalAct",
    "News",
    "NumberCounter",
    "Order",
    "OrderItem",
    "Package",
    "Proposal",
    "ProposalPerson",
    "ScanPage",
    "ScanSource",
    "ScanStack",
    "SetAside",
    "Visa",
]
