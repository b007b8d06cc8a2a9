/** Of a few records: with 8 partitions some of them are empty. */
const PARTITIONINGS = [1, 3, 8];

/** Runs a check once for each number of partitions, as steps of one test. */
export type Each = (
  name: string,
  check: (partitions: number) => Promise<void>,
) => Promise<void>;

/**
 * How the steps of a test run on 1, 3 and 8 partitions.
 *
 * @param t the test
 */
export function onPartitions(t: Deno.TestContext): Each {
  return async (name, check) => {
    for (const partitions of PARTITIONINGS) {
      await t.step(
        `${name} on ${partitions} partitions`,
        () => check(partitions),
      );
    }
  };
}

/**
 * Records in an order that is the same whatever order they came in.
 *
 * @param records anything that `Deno.inspect` tells apart
 */
export function sorted<T>(records: Iterable<T>): T[] {
  return [...records].map((record) => ({
    record,
    name: Deno.inspect(record, { depth: 20, sorted: true }),
  })).sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
    .map(({ record }) => record);
}
