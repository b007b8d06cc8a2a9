import type { ProtoFields } from "../../src/protocol/proto_wire.ts";
import type { StateCall, StateKind } from "../../src/protocol/state_request.ts";
import type { StateAnswer } from "../../src/protocol/state_answer.ts";
import type { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";

/** Asks the state server about one state of the key that is looked at. */
export interface StateAsker {
  /** @param call what is asked */
  ask(call: StateCall): StateAnswer;
  newIterator(): string;
}

/** The parts of lists that come one after the other. */
function* parts(
  asker: StateAsker,
  call: (iterator: string) => StateCall,
): Generator<ProtoFields> {
  const request = call(asker.newIterator());
  for (let more = true; more;) {
    const { isThere, fields } = asker.ask(request);
    if (!isThere) return;
    yield fields;
    more = fields.number(MORE) !== 0;
  }
}

const VALUE = 3; // fields of answers
const MORE = 4;

/** One value for each key. */
export class ValueState {
  readonly #asker: StateAsker;
  readonly #rows: PickledRows;

  constructor(asker: StateAsker, rows: PickledRows) {
    this.#asker = asker;
    this.#rows = rows;
  }

  exists(): boolean {
    return this.#asker.ask({ call: "exists" }).isThere;
  }

  get(): object | null {
    const { isThere, fields } = this.#asker.ask({ call: "get" });
    const bytes = fields.bytes(VALUE);
    return isThere && bytes.length > 0 ? this.#rows.read(bytes) : null;
  }

  update(value: unknown): void {
    this.#asker.ask({ call: "update", value: this.#rows.write(value) });
  }

  clear(): void {
    this.#asker.ask({ call: "clear" });
  }
}

/** A list of values for each key. */
export class ListState {
  readonly #asker: StateAsker;
  readonly #rows: PickledRows;

  constructor(asker: StateAsker, rows: PickledRows) {
    this.#asker = asker;
    this.#rows = rows;
  }

  exists(): boolean {
    return this.#asker.ask({ call: "exists" }).isThere;
  }

  *get(): Generator<object> {
    const found = parts(
      this.#asker,
      (iterator) => ({ call: "get", iterator }),
    );
    for (const fields of found) {
      for (const bytes of fields.allBytes(VALUE)) yield this.#rows.read(bytes);
    }
  }

  put(values: Iterable<unknown>): void {
    this.#asker.ask({ call: "put", values: this.#written(values) });
  }

  appendValue(value: unknown): void {
    this.#asker.ask({ call: "appendValue", value: this.#rows.write(value) });
  }

  appendList(values: Iterable<unknown>): void {
    const written = this.#written(values);
    if (written.length === 0) return;
    this.#asker.ask({ call: "appendList", values: written });
  }

  clear(): void {
    this.#asker.ask({ call: "clear" });
  }

  #written(values: Iterable<unknown>): Uint8Array[] {
    return Array.from(values, (value) => this.#rows.write(value));
  }
}

/** A map for each key. */
export class MapState {
  readonly #asker: StateAsker;
  readonly #keys: PickledRows;
  readonly #values: PickledRows;

  constructor(asker: StateAsker, keys: PickledRows, values: PickledRows) {
    this.#asker = asker;
    this.#keys = keys;
    this.#values = values;
  }

  exists(): boolean {
    return this.#asker.ask({ call: "exists" }).isThere;
  }

  getValue(key: unknown): object | null {
    const call = { call: "getValue", key: this.#keys.write(key) } as const;
    const { isThere, fields } = this.#asker.ask(call);
    const bytes = fields.bytes(VALUE);
    return isThere && bytes.length > 0 ? this.#values.read(bytes) : null;
  }

  containsKey(key: unknown): boolean {
    const call = { call: "containsKey", key: this.#keys.write(key) } as const;
    return this.#asker.ask(call).isThere;
  }

  updateValue(key: unknown, value: unknown): void {
    this.#asker.ask({
      call: "updateValue",
      key: this.#keys.write(key),
      value: this.#values.write(value),
    });
  }

  *iterator(): Generator<[key: object, value: object]> {
    const found = parts(
      this.#asker,
      (iterator) => ({ call: "iterator", iterator }),
    );
    for (const fields of found) {
      for (const pair of fields.allMessages(VALUE)) {
        yield [
          this.#keys.read(pair.bytes(1)),
          this.#values.read(pair.bytes(2)),
        ];
      }
    }
  }

  *keys(): Generator<object> {
    const found = parts(
      this.#asker,
      (iterator) => ({ call: "keys", iterator }),
    );
    for (const fields of found) {
      for (const bytes of fields.allBytes(VALUE)) yield this.#keys.read(bytes);
    }
  }

  *values(): Generator<object> {
    const found = parts(
      this.#asker,
      (iterator) => ({ call: "values", iterator }),
    );
    for (const fields of found) {
      for (const bytes of fields.allBytes(VALUE)) {
        yield this.#values.read(bytes);
      }
    }
  }

  removeKey(key: unknown): void {
    this.#asker.ask({ call: "removeKey", key: this.#keys.write(key) });
  }

  clear(): void {
    this.#asker.ask({ call: "clear" });
  }
}

/** What states of a kind are called in messages. */
export function stateTitle(kind: StateKind, name: string): string {
  return `the ${kind} state "${name}"`;
}
