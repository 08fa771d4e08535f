"""What a text gives away, found in its words."""
