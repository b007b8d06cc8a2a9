import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import type { ColumnBuilder } from "../../src/serde/arrow/builders/column_builder.ts";
import { columnBuilder } from "../../src/serde/arrow/builders/make_builder.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { isThenable } from "../task/attempts.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { Aggregator } from "./aggregator.ts";
import { ArgumentReaders, type Values } from "./argument_reader.ts";
import type { Udf } from "./load_udf.ts";
import { bufferAggregate } from "./merge_buffers.ts";

type Aggregate = (...columns: unknown[]) => unknown;

/** A function that makes one value of the values of some rows. */
export class AggregateFunction {
  /** Where the results are. */
  readonly out: ColumnBuilder;
  /** The function. */
  readonly udf: Udf;
  /** The column of each argument. */
  readonly offsets: readonly number[];
  readonly #f: Aggregate;
  #schema: ArrowSchema | null = null;
  #read: ReturnType<ArgumentReaders["of"]> = () => [];

  /**
   * @param udf the function
   * @param offsets the column of each argument
   */
  constructor(udf: Udf, offsets: readonly number[]) {
    this.udf = udf;
    this.#f = aggregateOf(udf);
    this.out = columnBuilder(udf.returnType, udf.record.name);
    this.offsets = offsets;
  }

  /**
   * The values of the arguments in some batches, in memory of their own.
   *
   * @throws FailedCall for values that the function cannot be given
   */
  argumentsOf(
    schema: ArrowSchema,
    batches: readonly ArrowBatch[],
  ): unknown[][] {
    if (this.#schema !== schema) {
      this.#schema = schema;
      this.#read = new ArgumentReaders(schema)
        .ofFunction(this.offsets, this.udf.record);
    }
    const parts = batches.map((batch) => this.#read(batch, new Map()));
    return this.offsets.map((_, at) => joined(parts.map((part) => part[at])));
  }

  /**
   * Calls the function.
   *
   * @param columns the arguments
   * @throws FailedCall
   */
  call(columns: readonly unknown[]): unknown {
    const f = this.#f; // so that it is not called as our method
    const failed = (error: unknown): never => {
      if (error instanceof FailedCall) throw error;
      throw new FailedCall(error, this.udf.record, columns);
    };
    try {
      const result = f(...columns);
      return isThenable(result)
        ? Promise.resolve(result).catch(failed)
        : result;
    } catch (error) {
      return failed(error);
    }
  }

  /**
   * Adds a result.
   *
   * @throws FailedCall when it is no value of the function's type
   */
  append(result: unknown, columns: readonly unknown[]): void {
    try {
      this.out.append(result);
    } catch (error) {
      throw new FailedCall(error, this.udf.record, columns);
    }
  }
}

function aggregateOf({ record, functions: [f] }: Udf): Aggregate {
  return record.form === "mergeBuffers"
    ? bufferAggregate(f as Aggregator, record, createCborCodec()) as Aggregate
    : f as Aggregate;
}

function joined(parts: readonly (Values | undefined)[]): unknown[] {
  const values: unknown[] = [];
  for (const part of parts) {
    const length = part?.length ?? 0;
    for (let i = 0; i < length; i++) values.push(part?.[i]);
  }
  return values;
}
