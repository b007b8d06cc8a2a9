"""What a job works on."""

from typing import NamedTuple


class JobInput(NamedTuple):
    """Path of the text, and how many records (bytes, tasks, calls) the job makes itself."""

    file: str
    records: int
