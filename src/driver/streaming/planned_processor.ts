import type { ByteReader } from "../../common/byte_reader.ts";
import { ByteWriter } from "../../common/byte_writer.ts";
import { ProtocolError, SparkError } from "../../common/errors.ts";
import { makeProcessor } from "../../common/make_processor.ts";
import { platform } from "../../common/platform/deno.ts";
import {
  checkLength,
  MAX_COMMAND_BYTES,
  readLimitedBytes,
  readLimitedText,
} from "../../protocol/limits.ts";
import { MAX_FRAME_BYTES } from "../../protocol/frame.ts";
import { stateAnswer } from "../../protocol/state_answer.ts";
import {
  readStateServer,
  type StateServer,
} from "../../protocol/state_command.ts";
import {
  declareRequest,
  deleteStateRequest,
  HANDLE_STATE,
  handleStateRequest,
  writeStateRequest,
} from "../../protocol/state_request.ts";
import { stateDeclaration } from "../../serde/pickle/state_declaration.ts";
import type {
  Conversation,
  FoundPlanned,
  Planned,
  PlannerServer,
} from "../runtime/planner_server.ts";
import { planning } from "../runtime/planning.ts";

/** A processor of which Spark asks the states before its query starts. */
export class PlannedProcessor implements Planned {
  readonly #root: unknown;
  readonly #name: string;
  readonly #site: string;

  /**
   * @param root a class, or what makes a processor
   * @param name its name
   * @param site where the program uses it
   */
  constructor(root: unknown, name: string, site: string) {
    this.#root = root;
    this.#name = name;
    this.#site = site;
  }

  get madeOf(): readonly unknown[] {
    return [PlannedProcessor, this.#root, this.title];
  }

  /** What it is, in words. */
  get title(): string {
    return `init() of the processor "${this.#name}" of ${this.#site}`;
  }

  answer(): Promise<void> {
    throw new SparkError(
      "PLANNED_UNKNOWN",
      `Cannot answer a question about "${this.#name}": it is a processor`,
    );
  }

  /**
   * Has a processor of its own declare its states.
   *
   * @returns requests to the state server, in order, with what each does
   */
  async declare(): Promise<readonly DeclaredState[]> {
    const processor = makeProcessor(this.#root, this.#name);
    const handle = new DeclaringHandle();
    await processor.init(handle);
    await processor.close?.();
    return handle.requests;
  }
}

interface DeclaredState {
  readonly request: Uint8Array;
  readonly action: string;
}

/**
 * Answers which states a processor declares.
 *
 * Peer: `TransformWithStateInPandasPythonPreInitRunner`, Spark 4.0, and
 * `TransformWithStateInPySparkPythonPreInitRunner`, 4.1 – 4.3.
 * Layout: string version, bytes of the function, answered by int 0; then where
 * the state server listens, string key schema, answered by int 0 when the
 * states are declared to that server.
 *
 * @param planner the application's
 * @param find finds what bytes of ours name
 */
export function openDeclarations(
  planner: Pick<PlannerServer, "during">,
  find: (blob: Uint8Array) => FoundPlanned,
): Conversation {
  let processor: PlannedProcessor | null = null;
  const begin = (reader: ByteReader) => {
    readLimitedText(reader, "the driver's version");
    const blob = readLimitedBytes(reader, MAX_COMMAND_BYTES, "a processor");
    return (writer: ByteWriter): Promise<void> => {
      const { planned } = find(blob);
      if (!(planned instanceof PlannedProcessor)) throw noProcessor();
      processor = planned;
      writer.writeInt(0);
      return Promise.resolve();
    };
  };
  const declare = (reader: ByteReader, asked: PlannedProcessor) => {
    const server = readStateServer(reader);
    readLimitedText(reader, "the schema of keys");
    return async (writer: ByteWriter): Promise<void> => {
      const { title } = asked;
      await planning(planner, title, async () => {
        await tell(server, await asked.declare());
      });
      writer.writeInt(0);
    };
  };
  return {
    read: (reader) =>
      processor === null ? begin(reader) : declare(reader, processor),
  };
}

function noProcessor(): ProtocolError {
  return new ProtocolError(
    "PLANNED_UNKNOWN",
    "Cannot answer what Spark asks of a processor's states: it is about something else; use one SparkSession with one program",
  );
}

async function tell(
  server: StateServer,
  declared: readonly DeclaredState[],
): Promise<void> {
  const socket = server.kind === "unix"
    ? await platform.connectUnix(server.path)
    : await platform.connectTcp("127.0.0.1", server.port);
  try {
    const begin = handleStateRequest(HANDLE_STATE.preInit);
    const all = [
      { request: begin, action: "begin to declare states" },
      ...declared,
    ];
    for (const { request, action } of all) {
      const writer = new ByteWriter();
      writeStateRequest(writer, request);
      await socket.write(writer.finish());
      const size = new DataView((await readBytes(socket, 4)).buffer).getInt32(
        0,
      );
      checkLength(size, MAX_FRAME_BYTES, "an answer of the state server");
      stateAnswer(await readBytes(socket, size), action);
    }
  } finally {
    socket.close();
  }
}

/** What declares states and does nothing else: there are no keys yet. */
class DeclaringHandle {
  readonly requests: DeclaredState[] = [];

  getValueState(name: string, schema: unknown, options?: unknown): object {
    return this.#declare("value", name, schema, null, options);
  }

  getListState(name: string, schema: unknown, options?: unknown): object {
    return this.#declare("list", name, schema, null, options);
  }

  getMapState(
    name: string,
    keySchema: unknown,
    valueSchema: unknown,
    options?: unknown,
  ): object {
    return this.#declare("map", name, keySchema, valueSchema, options);
  }

  deleteIfExists(name: string): void {
    const action = `delete the state "${name}"`;
    this.requests.push({ request: deleteStateRequest(name), action });
  }

  registerTimer(): never {
    throw notNow("register a timer");
  }

  deleteTimer(): never {
    throw notNow("delete a timer");
  }

  listTimers(): never {
    throw notNow("list the timers");
  }

  #declare(
    kind: "value" | "list" | "map",
    name: string,
    schema: unknown,
    valueSchema: unknown,
    options: unknown,
  ): object {
    const title = `the ${kind} state "${name}"`;
    const declared = stateDeclaration(kind, name, schema, valueSchema, options);
    const request = declareRequest(declared);
    this.requests.push({ request, action: `declare ${title}` });
    return new Proxy({}, {
      get: (_, method) => () => {
        throw notNow(`call ${String(method)}() of ${title}`);
      },
    });
  }
}

function notNow(action: string): SparkError {
  return new SparkError(
    "STATE_NOT_NOW",
    `Cannot ${action}: no key is looked at now; do it in handleInputRows(), handleExpiredTimer() or handleInitialState()`,
  );
}

async function readBytes(
  socket: { read(into: Uint8Array): Promise<number | null> },
  count: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const size = await socket.read(bytes.subarray(at));
    if (size === null || size === 0) {
      throw new ProtocolError(
        "BYTES_TRUNCATED",
        `Cannot read an answer of the state server: it closed the connection after ${at} of ${count} bytes`,
        { got: at, wanted: count },
      );
    }
    at += size;
  }
  return bytes;
}
