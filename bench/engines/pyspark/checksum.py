"""Checksums that every engine computes alike."""

from zlib import crc32


def of_counts(counts: list[tuple[str, int]]) -> str:
    """distinct:total:sum of crc32(word) * count, modulo 2^64; order does not matter."""
    total = 0
    mix = 0
    for word, count in counts:
        total += count
        mix += crc32(word.encode()) * count
    return f"{len(counts)}:{total}:{mix % 2**64:x}"
