"""The way out: orders and their register, acquaintance, news of the public section."""

from reports.models.news import News
from reports.models.orders import Acquaintance, NumberCounter, Order, OrderItem, Visa
from reports.models.proposals import Proposal, ProposalPerson

__all__ = ["Acquaintance", "News", "NumberCounter", "Order", "OrderItem", "Proposal", "ProposalPerson", "Visa"]
