"""Which of many conflicting values holds and how sure, with what each source is worth and who copies whom."""

from farbank.verify.discovery.discover import discover
from farbank.verify.discovery.told import Copied, Discovery, Item, Rival, Settled, Told

__all__ = ["Copied", "Discovery", "Item", "Rival", "Settled", "Told", "discover"]
