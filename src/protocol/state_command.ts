import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import { readLimitedText } from "./limits.ts";
import type { TaskConfs } from "./task_confs.ts";
import { readFunctions, type UdfCommand } from "./udf_command.ts";

/** The command of a task whose function has a state for each group. */
export interface GroupStateCommand extends UdfCommand {
  /** The state's schema as JSON. */
  readonly stateSchema: string;
}

/**
 * Reads the command of a task of kind 208.
 *
 * Peer: `ApplyInPandasWithStatePythonRunner`, Spark 3.5 – 4.3. Layout: up to
 * 4.1 string state schema, then functions as `readUdfCommand` has them; later
 * the schema is a setting.
 *
 * @param reader the header's `commandReader`
 * @param dialect what the JVM speaks
 * @param evalType the header's kind of evaluation
 * @param confs the header's settings
 * @throws ProtocolError `STATE_SETTING_MISSING`; as `readUdfCommand`
 */
export function readGroupStateCommand(
  reader: ByteReader,
  dialect: Dialect,
  evalType: number,
  confs: TaskConfs,
): GroupStateCommand {
  const stateSchema = rulesOf(dialect).udf.stateFacts === "settings"
    ? setting(confs, "state_value_schema")
    : readLimitedText(reader, "the state's schema");
  return { stateSchema, ...readFunctions(reader, dialect, evalType) };
}

function setting({ evaluation }: TaskConfs, name: string): string {
  const value = evaluation.get(name);
  if (value !== undefined) return value;
  throw new ProtocolError(
    "STATE_SETTING_MISSING",
    `Cannot read a task with state: the setting "${name}" is missing; driver and executors run different Sparks`,
    { name },
  );
}
