"""Whether two published quotations could be told to come from one mouth, what says so, and how to say it plainly."""
