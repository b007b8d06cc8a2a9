import type { ValueForms } from "../../src/protocol/udf_record.ts";
import type { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";
import type { StateAsker } from "./state_asker.ts";
import { type ReadPart, VALUE } from "./state_lists.ts";

/** One value for each key. */
export class ValueState {
  readonly #asker: StateAsker;
  readonly #rows: PickledRows;

  constructor(asker: StateAsker, rows: PickledRows) {
    this.#asker = asker;
    this.#rows = rows;
  }

  exists(): boolean {
    return isThere(this.#asker);
  }

  get(): object | null {
    return this.#asker.run(() => {
      const { isThere, fields } = this.#asker.ask({ call: "get" });
      const bytes = fields.bytes(VALUE);
      return isThere && bytes.length > 0 ? this.#rows.read(bytes) : null;
    });
  }

  update(value: unknown): void {
    this.#asker.run(() =>
      this.#asker.ask({ call: "update", value: this.#rows.write(value) })
    );
  }

  clear(): void {
    clear(this.#asker);
  }
}

/** A list of values for each key. */
export class ListState {
  readonly #asker: StateAsker;
  readonly #rows: PickledRows;
  readonly #read: ReadPart<object>;

  constructor(asker: StateAsker, rows: PickledRows, forms: ValueForms) {
    this.#asker = asker;
    this.#rows = rows;
    this.#read = asker.lists.rows(rows, forms);
  }

  exists(): boolean {
    return isThere(this.#asker);
  }

  *get(): Generator<object> {
    yield* this.#asker.list("get", this.#read);
  }

  put(values: Iterable<unknown>): void {
    const given = [...values];
    this.#asker.run(() => this.#asker.sendList("put", this.#written(given)));
  }

  appendValue(value: unknown): void {
    this.#asker.run(() =>
      this.#asker.ask({ call: "appendValue", value: this.#rows.write(value) })
    );
  }

  appendList(values: Iterable<unknown>): void {
    const given = [...values];
    if (given.length === 0) return;
    this.#asker.run(() =>
      this.#asker.sendList("appendList", this.#written(given))
    );
  }

  clear(): void {
    clear(this.#asker);
  }

  #written(values: readonly unknown[]): Uint8Array[] {
    return values.map((value) => this.#rows.write(value));
  }
}

/** A map for each key. */
export class MapState {
  readonly #asker: StateAsker;
  readonly #keys: PickledRows;
  readonly #values: PickledRows;
  readonly #readPairs: ReadPart<[key: object, value: object]>;
  readonly #readKeys: ReadPart<object>;
  readonly #readValues: ReadPart<object>;

  constructor(
    asker: StateAsker,
    keys: PickledRows,
    values: PickledRows,
    forms: ValueForms,
  ) {
    this.#asker = asker;
    this.#keys = keys;
    this.#values = values;
    this.#readPairs = asker.lists.pairs(keys, values);
    this.#readKeys = asker.lists.rows(keys, forms);
    this.#readValues = asker.lists.rows(values, forms);
  }

  exists(): boolean {
    return isThere(this.#asker);
  }

  getValue(key: unknown): object | null {
    return this.#asker.run(() => {
      const call = { call: "getValue", key: this.#keys.write(key) } as const;
      const { isThere, fields } = this.#asker.ask(call);
      const bytes = fields.bytes(VALUE);
      return isThere && bytes.length > 0 ? this.#values.read(bytes) : null;
    });
  }

  containsKey(key: unknown): boolean {
    return this.#asker.run(() => {
      const call = { call: "containsKey", key: this.#keys.write(key) } as const;
      return this.#asker.ask(call).isThere;
    });
  }

  updateValue(key: unknown, value: unknown): void {
    this.#asker.run(() =>
      this.#asker.ask({
        call: "updateValue",
        key: this.#keys.write(key),
        value: this.#values.write(value),
      })
    );
  }

  *iterator(): Generator<[key: object, value: object]> {
    yield* this.#asker.list("iterator", this.#readPairs);
  }

  *keys(): Generator<object> {
    yield* this.#asker.list("keys", this.#readKeys);
  }

  *values(): Generator<object> {
    yield* this.#asker.list("values", this.#readValues);
  }

  removeKey(key: unknown): void {
    this.#asker.run(() =>
      this.#asker.ask({ call: "removeKey", key: this.#keys.write(key) })
    );
  }

  clear(): void {
    clear(this.#asker);
  }
}

function isThere(asker: StateAsker): boolean {
  return asker.run(() => asker.ask({ call: "exists" }).isThere);
}

function clear(asker: StateAsker): void {
  asker.run(() => asker.ask({ call: "clear" }));
}
