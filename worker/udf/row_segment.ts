import { compile } from "../../src/common/compile.ts";
import { BatchReader } from "../../src/serde/arrow/batch_reader.ts";
import { BatchWriter } from "../../src/serde/arrow/batch_message.ts";
import type { ColumnBuilder } from "../../src/serde/arrow/builders/column_builder.ts";
import { columnBuilder } from "../../src/serde/arrow/builders/make_builder.ts";
import {
  columnReader,
  type ReadValues,
} from "../../src/serde/arrow/column_reader.ts";
import { arrowFieldOf } from "../../src/serde/arrow/spark_arrow.ts";
import type { Clock } from "../task/event_loop.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { Values } from "./argument_reader.ts";
import { AsyncLoop } from "./async_loop.ts";
import type { Udf } from "./load_udf.ts";
import { rowCode, type RowProgram, type RowTools } from "./row_program.ts";
import { valueCheck } from "./value_checks.ts";

/** Some functions of a chain, that pass values to each other without a column between them. */
export interface RowSegment {
  /** Where the results of a batch are. */
  readonly out: ColumnBuilder;
  /** The last function. */
  readonly last: Udf;
  /** Computes the results of a batch. */
  run(columns: readonly Values[], length: number): void | Promise<void>;
}

/** Functions that one loop can hold. */
export class LoopSegment implements RowSegment {
  readonly out: ColumnBuilder;
  readonly last: Udf;
  readonly #program: RowProgram;
  readonly #functions: readonly unknown[];
  readonly #tools: RowTools;

  /**
   * @param chain the functions, each but the last with a {@link valueCheck}
   * @param args number of arguments of the first
   */
  constructor(chain: readonly Udf[], args: number) {
    const last = chain.at(-1) as Udf;
    this.last = last;
    this.out = resultBuilder(last);
    this.#functions = chain.map(({ functions }) => functions[0]);
    const code = rowCode({
      args,
      chain: chain.length,
      skipsNulls: chain.map(({ record }) => record.nullInput === "skip"),
    });
    const type = JSON.stringify(last.record.returnType);
    this.#program = compile<RowProgram>(code, this.#functions, type);
    this.#tools = {
      between: chain.slice(0, -1).map((udf) => checkOf(udf) ?? same),
      failed: (error, row, columns, at, given) =>
        new FailedCall(
          error,
          (chain[at] as Udf).record,
          at === 0 ? columns.map((list) => list[row]) : [given],
        ),
    };
  }

  run(columns: readonly Values[], length: number): void {
    this.#program(this.#functions, this.#tools, columns, this.out, length);
  }
}

/** A function that awaits. */
export class AsyncSegment implements RowSegment {
  readonly out: ColumnBuilder;
  readonly last: Udf;
  readonly #clock: Clock;
  #hasCalls = false;

  /**
   * @param udf the function
   * @param clock timers
   */
  constructor(udf: Udf, clock: Clock) {
    this.last = udf;
    this.out = resultBuilder(udf);
    this.#clock = clock;
  }

  /** Whether a call may still be under way that nobody waits for. */
  get hasCalls(): boolean {
    return this.#hasCalls;
  }

  async run(columns: readonly Values[], length: number): Promise<void> {
    const loop = new AsyncLoop(this.last, columns, length, this.#clock);
    const results = await loop.run();
    this.#hasCalls ||= loop.hasAbandoned;
    for (let row = 0; row < length; row++) {
      try {
        this.out.append(results[row]);
      } catch (error) {
        const args = columns.map((column) => column[row]);
        throw new FailedCall(error, this.last.record, args);
      }
    }
  }
}

/**
 * What a column of a function's results gives to the next function.
 *
 * @param udf the function
 * @returns takes the results, and leaves their column empty
 */
export function handover(
  { record, returnType }: Udf,
): (out: ColumnBuilder, length: number) => Values {
  const field = arrowFieldOf(record.name, returnType, true);
  const batches = new BatchReader({ fields: [field] });
  const writer = new BatchWriter();
  const read: ReadValues = columnReader(field, returnType, record.name, {
    ...record.values,
    rows: "plain",
  });
  return (out, length) => {
    const batch = batches.read(writer.prepare([out], length).take());
    const [column] = batch?.columns ?? [];
    return column === undefined ? [] : read(column);
  };
}

/** What becomes of a function's result within a loop; null where only a column can tell. */
export function checkOf(udf: Udf): ReturnType<typeof valueCheck> {
  const { record: { name, values }, returnType } = udf;
  let take: ReturnType<typeof handover> | null = null; // rarely needed
  return valueCheck(returnType, values, (value) => {
    take ??= handover(udf);
    const action = `take the result of "${name}"`;
    const column = columnBuilder(returnType, name, true, action);
    column.append(value);
    return take(column, 1)[0];
  });
}

function resultBuilder({ record, returnType }: Udf): ColumnBuilder {
  return columnBuilder(returnType, record.name);
}

function same(value: unknown): unknown {
  return value;
}
