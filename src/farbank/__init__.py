"""Farbank: verified news out of closed countries, without anyone being found."""

__version__ = "0.1.0"
