/**
 * The partition that a user's function names: as Python's `%`, never negative.
 *
 * @param value what the function returned
 * @param partitions how many there are
 * @throws TypeError for anything but an integer
 */
export function partitionIndex(value: unknown, partitions: number): number {
  if (typeof value === "bigint") {
    const n = BigInt(partitions);
    return Number(((value % n) + n) % n);
  }
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new TypeError(
      `Cannot choose a partition: the partition function returned ${
        typeof value === "number" ? value : `a ${typeof value}`
      }; return an integer`,
    );
  }
  return ((value % partitions) + partitions) % partitions;
}
