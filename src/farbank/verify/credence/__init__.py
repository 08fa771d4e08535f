"""How far a claim is to be believed, and why."""
