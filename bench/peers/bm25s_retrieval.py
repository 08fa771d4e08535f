"""bm25s on claims and their titles as its documentation advises: English stop words and stems, Lucene's BM25."""

import json
import sys
from pathlib import Path

import bm25s
import Stemmer

if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    best = min(int(sys.argv[2]), len(asked["texts"]))
    stemmer = Stemmer.Stemmer("english")
    texts, queries = (
        bm25s.tokenize(asked[key], stopwords="en", stemmer=stemmer, show_progress=False) for key in ("texts", "queries")
    )
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(texts, show_progress=False)
    found, _ = index.retrieve(queries, k=best, show_progress=False)
    print(json.dumps({"found": found.tolist()}))
