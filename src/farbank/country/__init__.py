"""Country packs: places, bodies, people, outlets, words and grammar of one country, from one data folder."""

from farbank.country.fold import fold
from farbank.country.pack import Pack, load, overlay
from farbank.country.tokens import tokens

__all__ = ["Pack", "fold", "load", "overlay", "tokens"]
