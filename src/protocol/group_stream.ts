import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import type { TaskConfs } from "./task_confs.ts";

/**
 * How the rows of a group come in kinds 201, 202, 203 and 209: as one batch of
 * a stream of all groups, or as a stream of its own.
 *
 * @param dialect what the JVM speaks
 */
export function groupFraming(dialect: Dialect): "batch" | "stream" {
  return rulesOf(dialect).udf.groups;
}

/**
 * Reads how many streams the next group has.
 *
 * Peer: `GroupedPythonArrowInput` (from Spark 4.1), `CoGroupedArrowPythonRunner`.
 * Layout: int 1, or 2 for two sides, and that many streams; 0 after the last.
 *
 * @param reader where the int is next
 * @param sides how many there have to be
 * @returns false after the last group
 * @throws ProtocolError `GROUP_INVALID`
 */
export function readGroup(reader: ByteReader, sides: 1 | 2): boolean {
  const count = reader.readInt();
  if (count === 0) return false;
  if (count === sides) return true;
  throw new ProtocolError(
    "GROUP_INVALID",
    `Cannot read a group: it has ${count} streams, which is neither ${sides} nor 0; driver and executors run different Sparks`,
    { count, sides },
  );
}

/**
 * Which of the functions over windows have bounds of their own for each row.
 *
 * Peer: `WindowInPandasExec` (3.5, 4.0), `ArrowWindowPythonExec` (from 4.1).
 *
 * @param dialect what the JVM speaks
 * @param confs the task's settings
 * @param count number of functions
 * @throws ProtocolError `WINDOW_BOUNDS_INVALID`
 */
export function windowBounds(
  dialect: Dialect,
  { runner, evaluation }: TaskConfs,
  count: number,
): boolean[] {
  const name = rulesOf(dialect).udf.windowBounds;
  const text = evaluation.get(name) ?? runner.get(name) ?? "";
  const kinds = text.split(",").map((kind) => kind.trim().toLowerCase());
  const isRight = kinds.length === count &&
    kinds.every((kind) => kind === "bounded" || kind === "unbounded");
  if (isRight) return kinds.map((kind) => kind === "bounded");
  throw new ProtocolError(
    "WINDOW_BOUNDS_INVALID",
    `Cannot read the bounds of ${count} functions over windows: "${name}" is "${text}"; driver and executors run different Sparks`,
    { name, text, count },
  );
}
