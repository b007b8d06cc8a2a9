import type { PartialLayout } from "../../src/protocol/partial_layout.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import {
  type Aggregator,
  type AggregatorSite,
  buffer,
  failedMethod,
} from "./aggregator.ts";
import { ArgumentReaders, type Values } from "./argument_reader.ts";
import { EXACT_FORMS, keyText } from "./key_text.ts";
import type { Udf } from "./load_udf.ts";
import { ZeroBuffers } from "./zero_buffers.ts";
import type { StreamInput } from "./stream_input.ts";
import type { StructOutput } from "./struct_output.ts";
import { structBatch } from "./struct_rows.ts";

const SAMPLE = 16; // groups whose size tells about that of all
const FIRST_MEASURE = 10_000; // rows before sizes are looked at; then whenever they are twice as many
const GROUP_BYTES = 256; // about what a group takes beside its key and buffers

const NO_SITE = { name: "", site: "", arguments: 0 };

/**
 * Reduces the rows of a task into buffers, those of one key together. Gives
 * out what it has when that gets large: a key may come several times.
 *
 * @param udf of the form `mapPartials`: a list of aggregators, and their layout
 * @param input batches of keys and arguments
 * @param schema their columns
 * @param out takes rows of a key and its buffers
 * @param flush makes room in `out`
 */
export function mapPartials(
  { functions, record }: Udf,
  input: StreamInput,
  schema: ArrowSchema,
  out: StructOutput,
  flush: () => void,
): void {
  const [aggregators, layout] = functions as [Aggregator[], PartialLayout];
  const readers = new ArgumentReaders(schema);
  const readKeys = readers.of(offsets(0, layout.keys), EXACT_FORMS);
  let from = layout.keys;
  const reducers = aggregators.map((aggregator, at) => {
    const site = layout.aggregators[at] ?? NO_SITE;
    const read = readers.of(offsets(from, site.arguments), record.values);
    from += site.arguments;
    return { reducer: new Reducer(aggregator, site), read };
  });
  const groups = new PartialGroups(reducers.map(({ reducer }) => reducer));
  const give = (): void => {
    groups.giveAll((row) => {
      out.append(row);
      if (out.isFull) flush();
    });
  };
  let rows = 0;
  let measureAt = FIRST_MEASURE;
  for (let next = input.next(); next !== null; next = input.next()) {
    const batch = structBatch(next);
    const known = new Map();
    const found = groups.find(readKeys(batch, known), batch.length);
    reducers.forEach(({ reducer, read }, at) =>
      reducer.reduce(found, at, read(batch, known))
    );
    rows += batch.length;
    if (rows >= measureAt) {
      groups.measure();
      measureAt = rows * 2;
    }
    if (groups.byteLength > record.memoryBytes) give();
  }
  give();
}

/** What a task has of one group. */
interface PartialGroup {
  readonly key: readonly unknown[];
  /** A buffer for each aggregator. */
  readonly buffers: unknown[];
}

class PartialGroups {
  readonly #reducers: readonly Reducer[];
  readonly #groups = new Map<unknown, PartialGroup>();
  readonly #codec = createCborCodec();
  #groupBytes = GROUP_BYTES;

  constructor(reducers: readonly Reducer[]) {
    this.#reducers = reducers;
  }

  /** The group of each row. */
  find(keys: readonly Values[], length: number): PartialGroup[] {
    const found = new Array<PartialGroup>(length);
    const [only] = keys;
    const single = keys.length === 1 ? only : undefined;
    for (let row = 0; row < length; row++) {
      const value = single?.[row];
      const name = single !== undefined && isPlain(value)
        ? value
        : keyText(keys.map((column) => column[row]));
      let group = this.#groups.get(name);
      if (group === undefined) {
        group = {
          key: keys.map((column) => column[row]),
          buffers: this.#reducers.map((reducer) => reducer.zero()),
        };
        this.#groups.set(name, group);
      }
      found[row] = group;
    }
    return found;
  }

  /** About how many bytes the groups take, as far as they were measured. */
  get byteLength(): number {
    return this.#groups.size * this.#groupBytes;
  }

  /** Looks at how large groups are. */
  measure(): void {
    const some = [...this.#groups.values().take(SAMPLE)];
    let bytes = 0;
    for (const { key, buffers } of some) {
      bytes += GROUP_BYTES + 2 * keyText(key).length;
      buffers.forEach((value, at) => {
        bytes += this.#encoded(value, at).length;
      });
    }
    this.#groupBytes = bytes / Math.max(1, some.length);
  }

  /** Gives out a row for each group, and forgets them. */
  giveAll(take: (row: readonly unknown[]) => void): void {
    for (const { key, buffers } of this.#groups.values()) {
      take([
        ...key,
        ...buffers.map((value, at) => this.#encoded(value, at).slice()),
      ]);
    }
    this.#groups.clear();
  }

  #encoded(value: unknown, at: number): Uint8Array {
    try {
      return this.#codec.encode(value);
    } catch (error) {
      throw this.#reducers[at]?.failed(error, [value]) ?? error;
    }
  }
}

/** Whether a Map finds the value by itself: a column's values are all of one kind, or null. */
function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

class Reducer {
  readonly #aggregator: Aggregator;
  readonly #site: AggregatorSite;
  readonly #zeros: ZeroBuffers;

  constructor(aggregator: Aggregator, site: AggregatorSite) {
    this.#aggregator = aggregator;
    this.#site = site;
    this.#zeros = new ZeroBuffers(aggregator, site);
  }

  zero(): unknown {
    return this.#zeros.next();
  }

  /** Adds a batch's rows to the buffers `at` of their groups. */
  reduce(
    groups: readonly PartialGroup[],
    at: number,
    columns: readonly Values[],
  ): void {
    const aggregator = this.#aggregator;
    const { name } = this.#site;
    const [first] = columns;
    const single = columns.length === 1 ? first : undefined;
    let row = 0;
    try {
      for (; row < groups.length; row++) {
        const { buffers } = groups[row] as PartialGroup;
        const next = single !== undefined
          ? aggregator.reduce(buffers[at], single[row])
          : aggregator.reduce(
            buffers[at],
            ...columns.map((column) => column[row]),
          );
        buffers[at] = next === undefined ? buffer(next, "reduce", name) : next;
      }
    } catch (error) {
      throw this.failed(error, [
        groups[row]?.buffers[at],
        ...columns.map((column) => column[row]),
      ]);
    }
  }

  /** The error of a call of `reduce`. */
  failed(error: unknown, values: readonly unknown[]): Error {
    return failedMethod(error, this.#site, "reduce", values);
  }
}

function offsets(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from + at);
}
