"""Judge a description nobody has written yet."""

from __future__ import annotations

import msgspec

from farbank.desk.drafts import drafts_of
from farbank.desk.errors import NobodyCalled
from farbank.desk.file_case import Filed
from farbank.desk.report import WhatIf
from farbank.desk.report import what_if as reported
from farbank.desk.shield import described, questions
from farbank.model.people import Facts
from farbank.model.text import Slug
from farbank.protect.expose import expose
from farbank.protect.repairs import repaired


def what_if(filed: Filed, person: Slug, facts: Facts) -> WhatIf:
    """Judge `facts` said of a person beside everything the story and the ledger give away of them anyway.

    Raises NobodyCalled if the story speaks of nobody of that code word.
    """
    asked = {question.person: question for question in questions(filed, drafts_of(filed.case))}
    if person not in asked:
        raise NobodyCalled(f"the story speaks of nobody called {person!r}; it speaks of {', '.join(asked) or 'nobody'}")
    pack = filed.pack
    question = asked[person]
    exposure = repaired(question, expose(question, facts, pack.phrases[pack.languages[0]]), facts)
    return reported(msgspec.structs.replace(exposure, named=described(filed, person, exposure.facts)))
