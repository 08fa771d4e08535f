"""The nouns: frozen, typed, without I/O. Every other room speaks to the next one in these."""
