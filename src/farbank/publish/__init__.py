"""Story to edition: parse, lint, letters, captions, the page, its HTML, and the signed manifest."""
