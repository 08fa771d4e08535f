"""`python -m farbank` is the `farbank` command."""

from farbank.cli import main

main()
