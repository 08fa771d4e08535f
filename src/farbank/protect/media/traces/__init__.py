"""What a file gives away besides what it shows, in an editor's words and never by its value."""
