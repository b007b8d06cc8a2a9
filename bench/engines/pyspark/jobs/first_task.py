"""The first result, as in start_up."""

from jobs.start_up import checksum, run

__all__ = ["checksum", "run"]
