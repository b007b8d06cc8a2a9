"""Checksums that every engine computes alike."""

from typing import Any
from zlib import crc32


def of_counts(counts: list[tuple[Any, int]]) -> str:
    """distinct:total:sum of crc32(key) * count, modulo 2^64; order does not matter."""
    total = 0
    mix = 0
    for key, count in counts:
        total += count
        mix += crc32(str(key).encode()) * count
    return f"{len(counts)}:{total}:{mix % 2**64:x}"
