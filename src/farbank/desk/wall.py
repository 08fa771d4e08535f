"""A wall a process puts round itself before it touches hostile bytes: what it holds already is all it will ever hold.

Every Unix keeps the limit of no new descriptor: no file is opened, and no socket. On Linux the kernel also turns down
every call but those that computing, and reading and writing what is open, take (seccomp, mode filter): no path is
looked up, renamed or deleted, no process made, signalled or looked into. Threads are let through, for some decoders
start them. Where there is no such filter, a limit keeps new processes from being made.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys

from farbank.desk.errors import NoWall

CALLS: dict[str, tuple[int, int]] = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62),
    "readv": (19, 65), "writev": (20, 66), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215),
    "brk": (12, 214), "mremap": (25, 216), "madvise": (28, 233), "futex": (202, 98), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "nanosleep": (35, 101), "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "gettimeofday": (96, 169), "getrandom": (318, 278),
    "getpid": (39, 172), "gettid": (186, 178), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "set_robust_list": (273, 99), "rseq": (334, 293),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
"""What goes through, by its number on x86-64 and on ARM64; anything else fails as not permitted."""

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Per machine, the column of `CALLS` and what the kernel calls it (AUDIT_ARCH)."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _ANY, _ANSWER = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
"""What a filter answers: yes, the end of the process, not permitted (EPERM), no such call (ENOSYS)."""
_CLONE, _CLONE3, _THREAD = (56, 220), 435, 0x10000


def shut() -> None:
    """Shut this process in for good. Raises NoWall where the kernel will not; then nothing hostile may be touched."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if sys.platform == "linux" and platform.machine() in _MACHINES:
        _filter(*_MACHINES[platform.machine()])
    else:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _filter(column: int, machine: int) -> None:
    """Hand the kernel a program that looks at the machine, then at the number of each call."""
    numbers = [both[column] for both in CALLS.values()]
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_ANSWER, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    lines += [(_EQUAL, len(numbers) - place + 5, 0, number) for place, number in enumerate(numbers)]
    # The flags of clone3 lie where no filter reads them; told that it is unknown, the C library falls back on clone.
    lines += [(_EQUAL, 0, 1, _CLONE3), (_ANSWER, 0, 0, _UNKNOWN)]
    lines += [(_EQUAL, 0, 2, _CLONE[column]), (_LOAD, 0, 0, 16), (_ANY, 1, 0, _THREAD)]
    lines += [(_ANSWER, 0, 0, _REFUSE), (_ANSWER, 0, 0, _ALLOW)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    handed = ctypes.create_string_buffer(struct.pack("HP", len(lines), ctypes.addressof(program)))
    kernel = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, None, 0, 0), (_SECCOMP, _FILTER, handed, 0, 0)):
        if kernel.prctl(*call) != 0:
            raise NoWall(
                f"this machine lets no process shut itself in ({os.strerror(ctypes.get_errno())}), so no file from "
                "outside is opened; clean it on another machine"
            )
