"""Rows that no single table holds: what a ``ListPage`` asks of its rows, where a queryset cannot answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self


@dataclass(frozen=True)
class Rows:
    """Parent of such rows; a child says how many there are and reads a part of them in their ``order``.

    ``keys`` narrow them to those that are ticked. The filters of a list of ``Rows`` are a ``RowsFilter``.
    """

    order: tuple = ()
    keys: frozenset[int] | None = None
    model = None  # django-filter asks for it

    def all(self) -> Self:
        """Return the same rows: they never change."""
        return self

    def order_by(self, *order: Any) -> Self:
        """Return the rows in another order."""
        return replace(self, order=order)

    def filter(self, *, pk__in: Iterable[int]) -> Self:
        """Return the rows with these keys."""
        return replace(self, keys=frozenset(pk__in))

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self)

    def exists(self) -> bool:
        """Whether there is any."""
        return bool(len(self))

    def iterator(self, chunk_size: int) -> Iterator[Any]:
        """Read all rows in portions."""
        for start in range(0, len(self), chunk_size):
            yield from self[start : start + chunk_size]

    def __iter__(self) -> Iterator[Any]:
        return self.iterator(500)

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, asked: slice) -> list[Any]:
        raise NotImplementedError
