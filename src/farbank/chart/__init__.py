"""Maps at the published grain, timelines and counts, each with a table that says the same: areas, never points."""
