"""`python -m farbank` is the `farbank` command."""

from farbank.cli import main

if __name__ == "__main__":
    main()
