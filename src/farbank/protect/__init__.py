"""Who could be found: people counted, descriptions made vaguer, and what slips through stopped."""
