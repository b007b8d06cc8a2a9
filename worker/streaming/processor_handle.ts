import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import {
  declareRequest,
  deleteStateRequest,
  expiredTimersRequest,
  HANDLE_STATE,
  handleStateRequest,
  implicitKeyRequest,
  listTimersRequest,
  type StateDeclaration,
  type StateKind,
  timeRequest,
  timerRequest,
} from "../../src/protocol/state_request.ts";
import {
  endsTimers,
  type StateAnswer,
} from "../../src/protocol/state_answer.ts";
import type { ValueForms } from "../../src/protocol/udf_record.ts";
import { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";
import {
  stateDeclaration as declaration,
  stateSchema as schemaOf,
} from "../../src/serde/pickle/state_declaration.ts";
import { ListState, MapState, ValueState } from "./processor_states.ts";
import { StateAsker, stateTitle } from "./state_asker.ts";
import type { StateClient } from "./state_client.ts";
import type { ReadPart, TimerOfKey } from "./state_lists.ts";

/** What a processor is doing: it declares states, looks at a key, or has ended. */
type Phase = "init" | "key" | "between" | "closed";

/** What a processor is given in `init()`: its states, and the timers of the key that is looked at. */
export class ProcessorHandle {
  readonly #client: StateClient;
  readonly #forms: ValueForms;
  readonly #timeMode: string;
  readonly #names = new Set<string>();
  readonly #readTimes: ReadPart<number>;
  #phase: Phase = "init";

  /**
   * @param client asks the state server
   * @param forms how values come
   * @param timeMode which time timers go by
   */
  constructor(client: StateClient, forms: ValueForms, timeMode: string) {
    this.#client = client;
    this.#timeMode = timeMode;
    this.#forms = forms;
    this.#readTimes = client.lists.times();
  }

  getValueState(name: string, schema: unknown, options?: unknown): ValueState {
    return this.#client.run(() => {
      const rows = this.#rows("value", name, schema);
      this.#declare(declaration("value", name, schema, null, options));
      return new ValueState(this.#asker("value", name), rows);
    });
  }

  getListState(name: string, schema: unknown, options?: unknown): ListState {
    return this.#client.run(() => {
      const rows = this.#rows("list", name, schema);
      this.#declare(declaration("list", name, schema, null, options));
      return new ListState(this.#asker("list", name), rows, this.#forms);
    });
  }

  getMapState(
    name: string,
    keySchema: unknown,
    valueSchema: unknown,
    options?: unknown,
  ): MapState {
    return this.#client.run(() => {
      const keys = this.#rows("map", name, keySchema);
      const values = this.#rows("map", name, valueSchema);
      this.#declare(declaration("map", name, keySchema, valueSchema, options));
      const asker = this.#asker("map", name);
      return new MapState(asker, keys, values, this.#forms);
    });
  }

  deleteIfExists(name: string): void {
    this.#need("init", `delete the state "${name}"`);
    this.#ask(() => deleteStateRequest(name), `delete the state "${name}"`);
  }

  registerTimer(expiryTimestampMs: unknown): void {
    this.#needTimers("register a timer");
    const ms = timestampOf(expiryTimestampMs);
    this.#ask(() => timerRequest("register", ms), "register a timer");
  }

  deleteTimer(expiryTimestampMs: unknown): void {
    this.#needTimers("delete a timer");
    const ms = timestampOf(expiryTimestampMs);
    this.#ask(() => timerRequest("delete", ms), "delete a timer");
  }

  *listTimers(): Generator<number> {
    const action = "list the timers";
    const request = (iterator: string) => {
      this.#needTimers(action);
      return listTimersRequest(iterator);
    };
    yield* this.#client.list(request, action, this.#readTimes);
  }

  /**
   * What the worker tells the server, which a processor does not see.
   *
   * @internal
   */
  static readonly control = {
    initialized: (handle: ProcessorHandle): void => {
      handle.#advance(HANDLE_STATE.initialized);
      handle.#phase = "between";
    },
    beginKey: (handle: ProcessorHandle, key: Uint8Array): void => {
      handle.#ask(() => implicitKeyRequest(key), "begin a key");
      handle.#phase = "key";
    },
    dataProcessed: (handle: ProcessorHandle): void =>
      handle.#advance(HANDLE_STATE.dataProcessed),
    timersProcessed: (handle: ProcessorHandle): void => {
      handle.#advance(HANDLE_STATE.timerProcessed);
      handle.#ask(() => implicitKeyRequest(null), "end a key");
      handle.#phase = "between";
    },
    closed: (handle: ProcessorHandle): void => {
      handle.#advance(HANDLE_STATE.closed);
      handle.#phase = "closed";
    },
    time: (
      handle: ProcessorHandle,
      which: "processing" | "watermark",
    ): number =>
      handle.#ask(() => timeRequest(which), `get the ${which} time`).fields
        .number(3),
    expired: (
      handle: ProcessorHandle,
      beforeMs: number,
    ): Generator<TimerOfKey> => {
      const { lists } = handle.#client;
      return handle.#client.list(
        (iterator) => expiredTimersRequest(beforeMs, iterator, lists.form),
        "list expired timers",
        lists.timers(),
        lists.form === "streams" ? endsTimers : undefined,
      );
    },
  };

  #ask(request: () => Uint8Array, action: string): StateAnswer {
    return this.#client.run(() => this.#client.ask(request(), action));
  }

  #advance(state: number): void {
    this.#ask(() => handleStateRequest(state), "go on with the processor");
  }

  #rows(kind: StateKind, name: string, schema: unknown): PickledRows {
    const title = stateTitle(kind, name);
    this.#need("init", `declare ${title}`);
    return new PickledRows(schemaOf(schema), this.#forms, title);
  }

  #declare(declared: StateDeclaration): void {
    const { kind, name } = declared;
    const action = `declare ${stateTitle(kind, name)}`;
    if (this.#names.has(name)) {
      throw new WorkerError(
        "STATE_NAME_TWICE",
        `Cannot ${action}: the processor has a state of that name already; give each its own`,
        { name },
      );
    }
    this.#names.add(name);
    this.#ask(() => declareRequest(declared), action);
  }

  #asker(kind: StateKind, name: string): StateAsker {
    return new StateAsker(
      this.#client,
      kind,
      name,
      (action) => this.#need("key", action),
    );
  }

  #needTimers(action: string): void {
    this.#need("key", action);
    if (this.#timeMode !== "none") return;
    throw new WorkerError(
      "TIMERS_NOT_ENABLED",
      `Cannot ${action}: the time mode is "none"; give the operation { timeMode: "eventTime" } or { timeMode: "processingTime" }`,
    );
  }

  #need(phase: "init" | "key", action: string): void {
    if (this.#phase === phase) return;
    throw new WorkerError(
      "STATE_NOT_NOW",
      phase === "init"
        ? `Cannot ${action}: init() is over; declare states there`
        : `Cannot ${action}: no key is looked at now; do it in handleInputRows(), handleExpiredTimer() or handleInitialState()`,
    );
  }
}

function timestampOf(value: unknown): number {
  const ms = value instanceof Date ? value.getTime() : value;
  if (Number.isSafeInteger(ms) && (ms as number) >= 0) return ms as number;
  throw new WorkerError(
    "TIMESTAMP_INVALID",
    `Cannot take ${
      describeValue(value)
    } as the time of a timer: give a Date, or milliseconds since 1970`,
  );
}
