"""What running text gives away, one detector a folder."""
