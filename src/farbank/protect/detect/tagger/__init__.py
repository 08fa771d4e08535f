"""Names, organisations, places, dates, quantities and other things that narrow down who is meant, in running text."""
