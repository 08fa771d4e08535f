"""Maps at the published grain: areas, never points."""
