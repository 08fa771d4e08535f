"""What somebody reads who has a file and its key: every page decrypted by hand, of the log and free ones too.

SQLCipher 4: AES-256-CBC, pages of 4096 bytes whose last 80 are IV (16) and HMAC (64); the file
begins with 16 bytes of salt.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, WAL_HEADER, FRAME_HEADER = 4096, 80, 16, 32, 24


def of(file: Path, key: bytes) -> bytes:
    """Every page of a compartment's file and of its log, one after the other."""
    data = file.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    log = file.with_name(file.name + "-wal")
    if log.exists():
        frames = log.read_bytes()[WAL_HEADER:]
        step = FRAME_HEADER + PAGE
        pages += [frames[at + FRAME_HEADER : at + step] for at in range(0, len(frames), step)]
    return b"".join(_decrypted(page, key, i == 0) for i, page in enumerate(pages))


def _decrypted(page: bytes, key: bytes, first: bool) -> bytes:
    iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    opening = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    # the first page of the log lacks no salt: its first 16 bytes are the salt in the file only
    return opening.update(page[SALT if first else 0 : PAGE - RESERVED]) if len(page) == PAGE else b""
