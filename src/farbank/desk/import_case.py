"""Bring a case folder into the desk, and fetch it back without opening an identity."""

from __future__ import annotations

from pathlib import Path

import msgspec

from farbank import vault
from farbank.desk.correct import issued
from farbank.desk.errors import CaseOnFile
from farbank.desk.file_case import Filed, content_of, decode_listing, encode_listing, file_case, pack_of
from farbank.desk.known import known_besides
from farbank.desk.ledger import releases
from farbank.desk.lift_embargo import lifts
from farbank.desk.seen_before import compared, pictures_to_keep
from farbank.desk.told_besides import told_besides
from farbank.intake import case_folder
from farbank.model.case import Case


def import_case(opened: vault.Vault, folder: Path, *, replace: bool = False) -> Filed:
    """Read a case folder and file it, all of it or nothing; with `replace`, in place of the one of that name.

    A folder without persons.toml leaves the identities on file and the byte gate's list as they are.
    Raises what reading the folder raises, CaseOnFile, and CompartmentClosed where the case brings identities and this
    person does not hold their key.
    """
    return keep_case(opened, case_folder.read(folder), replace=replace)


def keep_case(opened: vault.Vault, case: Case, *, replace: bool = False) -> Filed:
    """File a case that was read already. Raises what `import_case` does but for reading."""
    filed = file_case(case)
    kept = msgspec.structs.replace(filed.case, identities=case.identities, places=case.places)
    pictures = pictures_to_keep(case, filed.pack.gazetteer, vault.fingerprints.kept(opened))
    with opened.transaction():  # so that nobody files it between the look and the save
        on_file = case.name in vault.case_store.names(opened)
        if on_file and not replace:
            raise CaseOnFile(
                f"a case {case.name} is on file, and nothing was changed; to put this one in its place, add --replace"
            )
        # Without persons.toml there is nobody to look for; the list on file must not give way to an empty one.
        known = on_file and not case.identities
        if known:
            kept = _people_as_on_file(opened, kept)
        vault.case_store.save(opened, kept, forbidden=None if known else encode_listing(filed))
        vault.fingerprints.keep(opened, case.name, pictures)
    return filed


def _people_as_on_file(opened: vault.Vault, case: Case) -> Case:
    """The case with everybody's block and token as they were filed: only who brings identities can change them."""
    before = {person.id: person for person in vault.case_store.load(opened, case.name).persons}
    persons = tuple(before.get(person.id, person) for person in case.persons)
    return msgspec.structs.replace(case, persons=persons)


def filed(opened: vault.Vault, name: str) -> Filed:
    """Fetch a filed case as content knows it. Raises NoSuchRecord."""
    loaded = content_of(vault.case_store.load(opened, name))
    pack = pack_of(loaded)
    content = compared(loaded, pack.gazetteer, vault.fingerprints.kept(opened))
    listing = decode_listing(vault.case_store.forbidden(opened, name))
    released = releases(opened) if "ledger" in opened.compartments else None
    lifted, void = lifts(opened, content)
    return Filed(
        content,
        pack,
        listing.forbidden,
        frozenset(listing.people),
        released,
        known_besides(opened, name),
        lifted,
        void,
        issued(opened, name),
        told_besides(opened, content),
    )
