import type { UdfForm } from "../../src/protocol/udf_record.ts";
import { isThenable } from "../task/attempts.ts";

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** The engine's own: functions may replace the global. */
const now = performance.now.bind(performance);

/** Counts the calls of a function, the rows that go through it, and its time. */
export class Meter {
  /** Calls, of a method each of its object. */
  calls = 0;
  /** Rows that it was given, or gave where it gives several. */
  rows = 0;
  /** Time within it: of a generator, with that of the rows that it asks for; of a promise, until it settles. */
  milliseconds = 0;

  /**
   * The same function, measured.
   *
   * @param form what it is given
   * @param f a function, a class with methods, or an object with them
   */
  measured(form: UdfForm, f: unknown): unknown {
    if (Array.isArray(f)) return f.map((one) => this.measured(form, one));
    if (typeof f === "function") {
      const method = MADE_BY_CLASSES[form];
      if (method !== undefined && hasMethod(f, method)) {
        return this.#class(form, f as AnyFunction);
      }
      return form === "processor"
        ? (): unknown => this.measured(form, (f as AnyFunction)())
        : this.#function(form, f as AnyFunction);
    }
    return typeof f === "object" && f !== null ? this.#methods(form, f) : f;
  }

  #function(form: UdfForm, f: AnyFunction): AnyFunction {
    // deno-lint-ignore no-this-alias -- the functions have a `this` of their own
    const meter = this;
    const rowsOf = ROWS_GIVEN[form] ?? ((): number => 0);
    function measured(this: unknown, ...args: unknown[]): unknown {
      meter.calls++;
      meter.rows += rowsOf(args);
      const start = now();
      let result: unknown;
      try {
        result = f.apply(this, args);
      } finally {
        meter.milliseconds += now() - start;
      }
      if (isThenable(result)) return meter.#settled(form, result, now());
      return meter.#given(form, result);
    }
    return Object.defineProperties(measured, {
      name: { value: f.name },
      length: { value: f.length },
    });
  }

  /** Some time of a promise's is measured with what else runs meanwhile. */
  async #settled(
    form: UdfForm,
    promise: PromiseLike<unknown>,
    start: number,
  ): Promise<unknown> {
    let result: unknown;
    try {
      result = await promise;
    } finally {
      this.milliseconds += now() - start;
    }
    return this.#given(form, result);
  }

  #given(form: UdfForm, result: unknown): unknown {
    return GIVES_MANY.has(form) ? this.#iterated(result) : result;
  }

  /** What gives rows, measured: it works while it is asked. */
  #iterated(given: unknown): unknown {
    const source = Object(given) as
      & Partial<Iterable<unknown>>
      & Partial<AsyncIterable<unknown>>;
    if (Array.isArray(given)) {
      for (const row of given) this.rows += rowsIn(row);
      return given;
    }
    if (isTable(given)) { // which can be iterated as well
      this.rows += rowsIn(given);
      return given;
    }
    if (typeof given === "string") return given;
    if (typeof source[Symbol.iterator] === "function") {
      return this.#iterate(source as Iterable<unknown>);
    }
    return typeof source[Symbol.asyncIterator] === "function"
      ? this.#iterateAsync(source as AsyncIterable<unknown>)
      : given;
  }

  *#iterate(source: Iterable<unknown>): Generator<unknown> {
    let start = now();
    try {
      for (const row of source) {
        this.milliseconds += now() - start;
        this.rows += rowsIn(row);
        start = Infinity;
        yield row;
        start = now();
      }
    } finally {
      if (start !== Infinity) this.milliseconds += now() - start;
    }
  }

  async *#iterateAsync(
    source: AsyncIterable<unknown>,
  ): AsyncGenerator<unknown> {
    let start = now();
    try {
      for await (const row of source) {
        this.milliseconds += now() - start;
        this.rows += rowsIn(row);
        start = Infinity;
        yield row;
        start = now();
      }
    } finally {
      if (start !== Infinity) this.milliseconds += now() - start;
    }
  }

  /** A class whose instances are called. */
  #class(form: UdfForm, Class: AnyFunction): unknown {
    return new Proxy(Class, {
      construct: (target, args): object =>
        this.#methods(form, Reflect.construct(target, args)),
    });
  }

  /** An object whose methods are measured, and act on the program's own. */
  #methods(form: UdfForm, object: object): object {
    const measured = (name: string): unknown => {
      const method: unknown = Reflect.get(object, name);
      return typeof method === "function"
        ? this.#function(form, method.bind(object) as AnyFunction)
        : method;
    };
    return Object.fromEntries(
      METHODS.filter((name) => name in object)
        .map((name) => [name, measured(name)]),
    );
  }
}

/** Those of table functions, of aggregators, and of processors. */
const METHODS = [
  ...["eval", "terminate"],
  ...["zero", "reduce", "merge", "finish"],
  ...["init", "handleInputRows", "handleExpiredTimer", "handleInitialState"],
  "close",
];

/** Forms that may be classes, and the method by which these are known. */
const MADE_BY_CLASSES: { readonly [K in UdfForm]?: string } = {
  table: "eval",
  processor: "handleInputRows",
};

/** Rows by what the function is given; of the others, those that it gives are counted. */
const ROWS_GIVEN: {
  readonly [K in UdfForm]?: (args: readonly unknown[]) => number;
} = {
  row: () => 1,
  asyncRow: () => 1,
  mapRow: () => 1,
  flatMapRow: () => 1,
  groupStateRow: () => 1, // it gives one, too
  vector: (args) => lengthOf(args[0]),
  aggregate: (args) => lengthOf(args[0]),
  aggregateVectors: (args) => lengthOf(args[0]),
};

const GIVES_MANY: ReadonlySet<UdfForm> = new Set([
  "vectorIterator",
  "mapBatches",
  "mapPartition",
  "groupBatches",
  "groupTables",
  "groupRows",
  "groupState",
  "groupStateBatches",
  "processor",
  "cogroupBatches",
  "cogroupRows",
  "table",
]);

function lengthOf(value: unknown): number {
  const length: unknown = Reflect.get(Object(value), "length");
  return typeof length === "number" ? length : 0;
}

/** A table or a batch has as many rows as it says; anything else is one. */
function rowsIn(value: unknown): number {
  return isTable(value) ? value.numRows : 1;
}

function isTable(value: unknown): value is { readonly numRows: number } {
  return typeof Reflect.get(Object(value), "numRows") === "number";
}

function hasMethod(f: object, name: string): boolean {
  const { prototype } = f as { readonly prototype?: object };
  return typeof Reflect.get(Object(prototype), name) === "function";
}
