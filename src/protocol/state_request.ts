/**
 * What a worker asks the state server of its task.
 *
 * Peer: `StateMessage.proto`, read by `TransformWithStateInPandasStateServer`,
 * Spark 4.0, and `TransformWithStateInPySparkStateServer`, 4.1 – 4.3. Layout:
 * int 0, int length, a message `StateRequest`; in 4.0 an Arrow stream follows
 * what puts or appends a list.
 *
 * @module
 */
import type { ByteWriter } from "../common/byte_writer.ts";
import {
  bytesField,
  messageField,
  numberField,
  type ProtoBytes,
  textField,
} from "./proto_wire.ts";

/** How far a processor has come. */
export const HANDLE_STATE = {
  preInit: 0,
  created: 1,
  initialized: 2,
  dataProcessed: 3,
  timerProcessed: 4,
  closed: 5,
} as const;

/** How a state server sends lists: in its messages, or from Spark 4.0 as Arrow streams behind them. */
export type StateListForm = "messages" | "streams";

/** What keeps one kind of state for a key. */
export type StateKind = "value" | "list" | "map";

/** A state as a processor declares it. */
export interface StateDeclaration {
  readonly kind: StateKind;
  readonly name: string;
  /** The schema of values, of elements, or of a map's keys, as JSON. */
  readonly schema: string;
  /** The schema of a map's values as JSON; "" for other states. */
  readonly valueSchema: string;
  /** Milliseconds that a value lives; null: for ever. */
  readonly ttlMs: number | null;
}

/** What is asked of all states of a kind. */
export type StateCall =
  | { readonly call: "exists" }
  | { readonly call: "clear" }
  | { readonly call: "get"; readonly iterator?: string }
  | { readonly call: "update"; readonly value: Uint8Array }
  | { readonly call: "put"; readonly values: readonly Uint8Array[] }
  | { readonly call: "appendValue"; readonly value: Uint8Array }
  | { readonly call: "appendList"; readonly values: readonly Uint8Array[] }
  | { readonly call: "getValue"; readonly key: Uint8Array }
  | { readonly call: "containsKey"; readonly key: Uint8Array }
  | {
    readonly call: "updateValue";
    readonly key: Uint8Array;
    readonly value: Uint8Array;
  }
  | { readonly call: "iterator"; readonly iterator: string }
  | { readonly call: "keys"; readonly iterator: string }
  | { readonly call: "values"; readonly iterator: string }
  | { readonly call: "removeKey"; readonly key: Uint8Array };

const CALL_FIELDS: Readonly<
  Record<StateKind, Readonly<Record<string, number>>>
> = {
  value: { exists: 2, get: 3, update: 4, clear: 5 },
  list: {
    exists: 2,
    get: 3,
    put: 4,
    appendValue: 5,
    appendList: 6,
    clear: 7,
  },
  map: {
    exists: 2,
    getValue: 3,
    containsKey: 4,
    updateValue: 5,
    iterator: 6,
    keys: 7,
    values: 8,
    removeKey: 9,
    clear: 10,
  },
};
const KIND_FIELDS: Readonly<Record<StateKind, number>> = {
  value: 1,
  list: 2,
  map: 3,
};
const DECLARE_FIELDS: Readonly<Record<StateKind, number>> = {
  value: 2,
  list: 3,
  map: 4,
};

/** Says how far the processor has come, one of {@link HANDLE_STATE}. */
export function handleStateRequest(state: number): ProtoBytes {
  return processorCall(messageField(1, numberField(1, state)));
}

/** Declares a state. */
export function declareRequest(
  { kind, name, schema, valueSchema, ttlMs }: StateDeclaration,
): ProtoBytes {
  return processorCall(messageField(
    DECLARE_FIELDS[kind],
    textField(1, name),
    textField(2, schema),
    textField(3, valueSchema),
    ttlMs === null ? new Uint8Array(0) : messageField(4, numberField(1, ttlMs)),
  ));
}

/** Takes a state of earlier batches away. */
export function deleteStateRequest(name: string): ProtoBytes {
  return processorCall(messageField(6, textField(1, name)));
}

/** Registers or deletes a timer of the key, by its milliseconds since 1970. */
export function timerRequest(
  call: "register" | "delete",
  expiryMs: number,
): ProtoBytes {
  const field = call === "register" ? 1 : 2;
  return processorCall(
    messageField(5, messageField(field, numberField(1, expiryMs))),
  );
}

/** The timers of the key. */
export function listTimersRequest(iterator: string): ProtoBytes {
  return processorCall(
    messageField(5, messageField(3, textField(1, iterator))),
  );
}

/** Calls a state of the key. */
export function stateRequest(
  kind: StateKind,
  name: string,
  call: StateCall,
): ProtoBytes {
  const field = CALL_FIELDS[kind][call.call] ?? 0;
  return messageField(
    3,
    messageField(
      KIND_FIELDS[kind],
      textField(1, name),
      messageField(field, ...callFields(call)),
    ),
  );
}

/** From now on calls are about a key; about none for null. */
export function implicitKeyRequest(key: Uint8Array | null): ProtoBytes {
  return messageField(
    4,
    key === null ? messageField(2) : messageField(1, bytesField(1, key)),
  );
}

/** The time of the batch, or its watermark, in milliseconds since 1970. */
export function timeRequest(which: "processing" | "watermark"): ProtoBytes {
  return messageField(
    5,
    messageField(1, messageField(which === "processing" ? 1 : 2)),
  );
}

/**
 * Timers that have expired, of all keys.
 *
 * @param expiryMs they are before this
 * @param iterator names the list
 * @param lists how the server sends lists; where as streams, there is one such list
 */
export function expiredTimersRequest(
  expiryMs: number,
  iterator: string,
  lists: StateListForm,
): ProtoBytes {
  return messageField(
    5,
    lists === "streams"
      ? messageField(2, numberField(1, expiryMs))
      : messageField(2, textField(1, iterator), numberField(2, expiryMs)),
  );
}

/** Writes a request. */
export function writeStateRequest(
  writer: ByteWriter,
  request: Uint8Array,
): void {
  writer.writeInt(0).writeSizedBytes(request);
}

function processorCall(...fields: readonly Uint8Array[]): ProtoBytes {
  return messageField(2, ...fields);
}

function callFields(call: StateCall): Uint8Array[] {
  switch (call.call) {
    case "exists":
    case "clear":
      return [];
    case "get":
      return call.iterator === undefined ? [] : [textField(1, call.iterator)];
    case "update":
    case "appendValue":
      return [bytesField(1, call.value)];
    case "put":
    case "appendList":
      return call.values.map((value) => bytesField(1, value));
    case "getValue":
    case "containsKey":
    case "removeKey":
      return [bytesField(1, call.key)];
    case "updateValue":
      return [bytesField(1, call.key), bytesField(2, call.value)];
    case "iterator":
    case "keys":
    case "values":
      return [textField(1, call.iterator)];
  }
}
