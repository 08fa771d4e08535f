"""What a text gives away: one detector a file."""
