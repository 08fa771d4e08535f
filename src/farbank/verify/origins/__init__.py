"""How many independent origins stand behind a claim, how likely how many, and who told whom."""
