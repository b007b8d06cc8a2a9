import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import { readLimitedText } from "./limits.ts";
import { checkPort } from "./local_endpoint.ts";
import type { StateListForm } from "./state_request.ts";
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

/** Where the state server of a task listens; it takes no secret. */
export type StateServer =
  | { readonly kind: "tcp"; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/** The command of a task whose processor asks a state server. */
export interface ProcessorCommand extends UdfCommand {
  readonly server: StateServer;
  /** How it sends lists. */
  readonly lists: StateListForm;
  /** The schema of keys as JSON. */
  readonly keySchema: string;
}

/**
 * Reads the command of a task of kinds 211 to 214.
 *
 * Peer: `TransformWithStateInPandasPythonRunner`, Spark 4.0, and
 * `TransformWithStateInPySparkPythonRunner`, 4.1 – 4.3. Layout: in 4.0 int port,
 * in 4.1 that, or int -1 and string path, then string key schema, then functions
 * as `readUdfCommand` has them; from 4.2 the first three are settings.
 *
 * @param reader the header's `commandReader`
 * @param dialect what the JVM speaks
 * @param evalType the header's kind of evaluation
 * @param confs the header's settings
 * @throws ProtocolError `STATE_SETTING_MISSING`, `PORT_INVALID`; as `readUdfCommand`
 */
export function readProcessorCommand(
  reader: ByteReader,
  dialect: Dialect,
  evalType: number,
  confs: TaskConfs,
): ProcessorCommand {
  const { stateFacts, stateLists: lists } = rulesOf(dialect).udf;
  if (stateFacts === "fields") {
    const server = readStateServer(reader);
    const keySchema = readLimitedText(reader, "the schema of keys");
    const functions = readFunctions(reader, dialect, evalType);
    return { server, lists, keySchema, ...functions };
  }
  return {
    lists,
    server: stateServerOf(setting(confs, "state_server_socket_port")),
    keySchema: setting(confs, "grouping_key_schema"),
    ...readFunctions(reader, dialect, evalType),
  };
}

/** Reads where a state server listens: int port; or int -1, string path. */
export function readStateServer(reader: ByteReader): StateServer {
  const port = reader.readInt();
  if (port === -1) {
    return { kind: "unix", path: readLimitedText(reader, STATE_SERVER) };
  }
  checkPort(port, STATE_SERVER);
  return { kind: "tcp", port };
}

const STATE_SERVER = "the state server's address";

function stateServerOf(text: string): StateServer {
  if (!/^\d+$/.test(text)) return { kind: "unix", path: text };
  const port = Number(text);
  checkPort(port, STATE_SERVER);
  return { kind: "tcp", port };
}
