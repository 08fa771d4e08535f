"""How word arrives: case folders, the plain-text form of one story's raw material."""
