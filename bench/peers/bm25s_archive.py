"""bm25s on the passages of an archive: built in memory, the best within a range of days by a mask over all passages."""

import json
import statistics
import sys
import time
from pathlib import Path

import bm25s
import numpy
import Stemmer

if __name__ == "__main__":
    folder, best = Path(sys.argv[1]), int(sys.argv[2])
    start = time.perf_counter()
    rows = [line.split("\t", 1) for line in (folder / "passages.tsv").read_text("utf-8").splitlines()]
    days = numpy.array([int(day) for day, _ in rows])
    stemmer = Stemmer.Stemmer("english")
    cut = bm25s.tokenize([text for _, text in rows], stemmer=stemmer, show_progress=False)
    index = bm25s.BM25()
    index.index(cut, show_progress=False)
    build = time.perf_counter() - start
    spent = []
    for words, first, last in json.loads((folder / "asks.json").read_text("utf-8")):
        start = time.perf_counter()
        asked = bm25s.tokenize(words, stemmer=stemmer, show_progress=False)
        inside = ((days >= first) & (days <= last)).astype(float)
        index.retrieve(asked, k=best, weight_mask=inside, show_progress=False)
        spent.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(spent, n=20)[-1]
    print(json.dumps({"build_s": round(build, 2), "p50": round(statistics.median(spent), 3), "p95": round(p95, 3)}))
