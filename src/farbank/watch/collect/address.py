"""Addresses as they are asked for and kept: absolute, one spelling each, of a place that can be compared."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST = 1_000
"""Characters; no address of an article comes near, and one listing may hold tens of thousands."""

PATH = "/%:@!$&'()*+,;=~"
QUERY = PATH + "?"
PORTS = {"http": 80, "https": 443}


def address(base: str, reference: str) -> str | None:
    """Where `reference` on the page at `base` leads: absolute, without fragment, what is not ASCII percent-encoded.

    None if that is nowhere to be fetched: not HTTP(S), no host, a name and password in it, too long, or not an address.
    """
    try:
        parts = urlsplit(urljoin(base, reference.strip()))
        place_ = _place(parts.scheme, parts.hostname, parts.port)
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or not place_.isascii():
        return None
    url = urlunsplit((parts.scheme, place_, quote(parts.path or "/", PATH), quote(parts.query, QUERY), ""))
    return url if len(url) <= LONGEST else None


def place(url: str) -> str:
    """The host of an address made by `address`, and its port unless that is its scheme's own."""
    return urlsplit(url).netloc


def _place(scheme: str, host: str | None, port: int | None) -> str:
    name = f"[{host}]" if host and ":" in host else host or ""
    return name if port in (None, PORTS.get(scheme)) else f"{name}:{port}"
