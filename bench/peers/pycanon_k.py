"""k of a table by pycanon: the smallest class of rows that agree on every column named."""

import json
import sys

import pandas
from pycanon import anonymity

if __name__ == "__main__":
    table = pandas.read_csv(sys.argv[1], dtype=str)
    print(json.dumps({"k": int(anonymity.k_anonymity(table, sys.argv[2].split(",")))}))
