/** Table functions that tell their columns themselves, by the arguments of the call. */
import assert from "node:assert/strict";
import {
  type AnalyzeArgument,
  type AnalyzeResult,
  JavaError,
  SparkError,
  udtf,
} from "../../../mod.ts";
import { lit } from "../../../src/driver/sql/functions/mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";

/** Gives columns by the names that it is called with. */
class Columns {
  readonly #names: readonly string[];

  constructor({ names }: AnalyzeResult & { readonly names?: string[] }) {
    this.#names = names ?? [];
  }

  static analyze(
    list: AnalyzeArgument,
    times: AnalyzeArgument,
  ): AnalyzeResult & { names: string[] } {
    if (list.value === null) throw new RangeError("no names");
    const names = String(list.value).split(",");
    return {
      schema: names.map((name) => `${name} INT`).join(", "),
      names: names.map((name) => `${name}${times.isConstantExpression}`),
    };
  }

  *eval(list: string, times: number): Generator<unknown[]> {
    assert.ok(list.length > 0);
    yield this.#names.map((name) => name.length * times);
  }
}

/** Counts the rows of each partition that it asked for. */
class Counted {
  #count = 0;
  #last: unknown = null;

  static analyze(table: AnalyzeArgument): AnalyzeResult {
    assert.ok(table.isTable && table.dataType.kind === "struct");
    return {
      schema: "columns STRING, last INT, count INT",
      partitionBy: ["k"],
      orderBy: [{ name: "n", ascending: false }],
      select: ["k", { name: "n + 1", alias: "next" }],
    };
  }

  eval(row: { k: string; next: number }): undefined {
    this.#count++;
    this.#last = [Object.keys(row).join(), row.next];
  }

  terminate(): unknown[][] {
    return [[...this.#last as unknown[], this.#count]];
  }
}

Deno.test("analyze() of table functions", async (t) => {
  const spark = await sharedSession();
  const columns = udtf(Columns, { name: "columns" });
  if (dialectOf(spark.version) === "3.5") {
    await assert.rejects(columns(lit("a"), lit(1)).collect(), {
      condition: "NOT_IN_THIS_SPARK",
      message:
        /^Cannot run analyze\(\) of the table function "columns" on Spark 3\.5: it came with Spark 4\.0; use that or a later one\n {2}in columns\(\) at udtf_analyze_test\.ts:/,
    });
    return;
  }
  spark.udtf.register("columns", columns);

  await t.step("tells the columns by constants", async () => {
    const df = spark.sql("SELECT * FROM columns('a,bc', 10)");
    assert.deepEqual(await df.columns, ["a", "bc"]);
    assert.deepEqual(await df.collect(), [{ a: 50, bc: 60 }]);
    const called = columns(lit("x"), lit(1));
    assert.deepEqual(await called.collect(), [{ x: 5 }]);
  });

  await t.step("arguments by name, and what is no constant", async () => {
    const df = spark.sql(
      "SELECT c.* FROM range(2) AS r, LATERAL columns(times => r.id + 1, list => 'a') AS c ORDER BY a",
    );
    assert.deepEqual(await df.collect(), [{ a: 6 }, { a: 12 }]);
  });

  await t.step("partitions, orders and columns of a table", async () => {
    spark.udtf.register("counted", udtf(Counted));
    const df = spark.sql(
      "SELECT * FROM counted(TABLE(SELECT * FROM VALUES ('a', 1, 0), ('b', 5, 0), ('a', 3, 0) AS t(k, n, unused))) ORDER BY count",
    );
    assert.deepEqual(await df.collect(), [
      { columns: "k,next", last: 6, count: 1 },
      { columns: "k,next", last: 2, count: 2 },
    ]);
  });

  await t.step("constants come in the session's forms", async () => {
    let seen: unknown[] = [];
    const types = udtf(function* () {
      yield [1];
    }, {
      name: "types",
      analyze: (...args) => {
        seen = args.map(({ value }) => value);
        return { schema: "a INT" };
      },
    });
    spark.udtf.register("types", types);
    await spark.sql(
      "SELECT * FROM types(1L, 1.5D, 2.50, DATE '2024-02-03', TIMESTAMP_NTZ '2024-02-03 04:05:06', X'0102', array(1, NULL), map('a', 2), NULL, true)",
    ).collect();
    assert.deepEqual(seen, [
      1,
      1.5,
      "2.50",
      new Date(Date.UTC(2024, 1, 3)),
      new Date(Date.UTC(2024, 1, 3, 4, 5, 6)),
      new Uint8Array([1, 2]),
      [1, null],
      new Map([["a", 2]]),
      null,
      true,
    ]);
  });

  await t.step("what it throws is the cause, with its line", async () => {
    await assert.rejects(
      Promise.resolve(spark.sql("SELECT * FROM columns(NULL, 1)")),
      (error: unknown) => {
        assert.ok(error instanceof JavaError, Deno.inspect(error));
        assert.equal(error.condition, "PLANNING_FAILED");
        assert.match(
          error.message,
          /^Cannot run analyze\(\) of the table function "columns": RangeError: no names\n {2}in sql\(\) at udtf_analyze_test\.ts:/,
        );
        assert.ok(error.cause instanceof RangeError);
        assert.match(error.cause.stack ?? "", /at Columns\.analyze \(/);
        assert.match(
          error.stack ?? "",
          /\n {4}at Columns\.analyze \(\S*udtf_analyze_test\.ts:\d+:\d+\)\n {4}at sql\(\) /,
        );
        return true;
      },
    );
  });

  await t.step("refuses what says no columns", async () => {
    const bad = udtf(
      class {
        static analyze(): AnalyzeResult {
          return "a INT" as unknown as AnalyzeResult;
        }
        eval(): undefined {}
      },
    );
    await assert.rejects(bad().collect(), {
      message: /it gave "a INT"; return an object with the columns as "schema"/,
    });
    const lonely = udtf(function* () {}, {
      analyze: () => ({ schema: "a INT", withSinglePartition: true }),
    });
    await assert.rejects(lonely().collect(), {
      message: /"withSinglePartition" is set, and the call has no table/,
    });
  });

  await t.step("refuses to wait for the query that it plans", async () => {
    const waits = udtf(function* () {}, {
      analyze: async () => {
        await spark.range(1).count();
        return { schema: "a INT" };
      },
    });
    await assert.rejects(waits().collect(), {
      message: /Cannot run count\(\) in analyze\(\) of the table function/,
    });
  });

  await t.step("refuses neither and both", () => {
    assert.throws(() =>
      udtf(
        class Plain {
          eval(): undefined {}
        },
        undefined as unknown as string,
      ), (error: unknown) => {
      assert.ok(error instanceof SparkError);
      assert.equal(error.condition, "UDTF_SCHEMA_MISSING");
      return true;
    });
    assert.throws(() => udtf(Columns as never, "a INT"), {
      condition: "UDTF_SCHEMA_TWICE",
      message:
        'Cannot make a table function of "Columns": it has a schema and analyze(), which both tell its columns; leave one of them out',
    });
  });
});
