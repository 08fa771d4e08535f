"""A secret on paper: k-of-n shares as words (SLIP-39) and as QR codes; fewer than k say nothing about it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
import shamir_mnemonic
from shamir_mnemonic.utils import MnemonicError

from farbank.vault.errors import SharesDoNotFit
from farbank.vault.keypair import Secret

_ITERATIONS = 0
"""The least SLIP-39 allows: the secret is random, there is no passphrase to slow guessing of."""


def split(secret: Secret, needed: int, shares: int) -> tuple[str, ...]:
    """Shares of a secret, `needed` of which make it again; 33 words each.

    Raises ValueError unless 1 = needed = shares, or 2 ≤ needed ≤ shares ≤ 16.
    """
    if not (1 == needed == shares or 2 <= needed <= shares <= 16):
        raise ValueError("expected two or more of up to sixteen shares, or the one share of one")
    (group,) = shamir_mnemonic.generate_mnemonics(
        1, [(needed, shares)], secret.seed, iteration_exponent=_ITERATIONS, extendable=True
    )
    return tuple(group)


def needed(share: str) -> int:
    """How many shares make the secret, which each of them says. Raises SharesDoNotFit."""
    try:
        return int(shamir_mnemonic.Share.from_mnemonic(" ".join(share.lower().split())).member_threshold)
    except (MnemonicError, ValueError) as error:
        raise SharesDoNotFit(f"this is no share: {error}; check the words against the paper") from None


def join(shares: Sequence[str]) -> Secret:
    """The secret of which these are shares. Raises SharesDoNotFit."""
    try:
        return Secret(shamir_mnemonic.combine_mnemonics([" ".join(share.lower().split()) for share in shares]))
    except (MnemonicError, ValueError) as error:
        raise SharesDoNotFit(f"these shares give nothing: {error}; check the words against the paper") from None


def qr(share: str) -> str:
    """A share as an SVG QR code, black on white, to be printed beside the words."""
    out = io.BytesIO()
    segno.make(share.upper(), error="m").save(out, kind="svg", border=4, scale=4, light="white", xmldecl=False)
    return out.getvalue().decode("utf-8")
