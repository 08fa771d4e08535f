"""What became known of the desk's other cases: who turned out right, and what had been given to what did or did not."""

from __future__ import annotations

from farbank import vault
from farbank.desk.at_close import told_when
from farbank.desk.file_case import Known
from farbank.model.judgements import Resolution
from farbank.model.people import Record
from farbank.model.text import Slug
from farbank.verify.credence.learned import Outcome
from farbank.verify.records import added, outcomes, outcomes_known, turned_out


def known_besides(opened: vault.Vault, name: Slug) -> Known:
    """What became known of every filed case but that one."""
    found: dict[Slug, Record] = {}
    number = 0
    given: list[Outcome] = []
    for other in vault.case_store.names(opened):
        judged = vault.case_store.judgements(opened, other)
        if other == name or not any(isinstance(one, Resolution) for one in judged):
            continue
        case = vault.case_store.content(opened, other)
        number += outcomes_known(case)
        given += outcomes(case)
        for teller, record in turned_out(case, told_when(case)).items():
            found[teller] = added(found.get(teller, Record()), record)
    return Known(found, number, tuple(given))
