import type { UdfRecord } from "../../src/protocol/udf_record.ts";
import { FailedCall } from "../task/failed_call.ts";
import { TaskIterator } from "../task/task_iterator.ts";

/**
 * Calls a function with a group's rows, which it may not keep.
 *
 * @param record the function, for messages
 * @param key of the group
 * @param given the rows
 * @param call calls it, and takes what it gives
 * @throws FailedCall what was thrown, with the key and the row that it was at
 */
export async function callWithRows(
  record: Pick<UdfRecord, "name" | "site">,
  key: object,
  given: Iterator<object>,
  call: (rows: TaskIterator<object>) => Promise<void> | null,
): Promise<void> {
  const rows = new TaskIterator(given);
  try {
    await call(rows);
  } catch (error) {
    throw new FailedCall(error, record, [key, ...rows.lastGiven]);
  } finally {
    rows.close();
  }
}
