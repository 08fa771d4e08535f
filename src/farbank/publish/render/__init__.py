"""One file per format a page is set in."""
