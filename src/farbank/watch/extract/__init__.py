"""How an article is read from a captured page: pure, and bounded whatever the page is."""

from farbank.watch.extract.article import article, name

__all__ = ["article", "name"]
