/** Data sources of the program's: read and written, in the API and in SQL. */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type Table, tableFromArrays } from "apache-arrow";
import {
  type DataSource,
  type DataSourceOptions,
  type DataSourceReader,
  type DataSourceWriter,
  type Filter,
  JavaError,
  type StructType,
  WorkerError,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

/** Squares up to an option, in two partitions. */
class Squares implements DataSource {
  static readonly name = "squares";
  readonly options: DataSourceOptions;

  constructor(options: DataSourceOptions) {
    this.options = options;
  }

  schema(): string {
    if (this.options.fail === "schema") throw new RangeError("no columns");
    return "x INT NOT NULL, square INT";
  }

  reader(schema: StructType): DataSourceReader<{ from: number; to: number }> {
    return new SquaresReader(Number(this.options.to ?? 4), {
      ...this.options,
      columns: schema.fieldNames.join(),
    });
  }
}

class SquaresReader implements DataSourceReader<{ from: number; to: number }> {
  constructor(readonly to: number, readonly options: DataSourceOptions) {}

  partitions(): { from: number; to: number }[] {
    if (this.options.fail === "partitions") throw new RangeError("no parts");
    const half = this.to / 2;
    return [{ from: 0, to: half }, { from: half, to: this.to }];
  }

  async *read(
    { from, to }: { from: number; to: number },
  ): AsyncGenerator<object> {
    for (let x = from; x < to; x++) {
      if (this.options.fail === "read") throw new RangeError(`no row ${x}`);
      await null;
      const square = this.options.fail === "row" ? "one" : x * x;
      yield x % 2 === 0 ? { x, square } : [x, square];
    }
  }
}

/** Tables of apache-arrow, of one partition. */
class Tables implements DataSource {
  schema(): string {
    return "a INT, b STRING";
  }

  reader(): DataSourceReader {
    return {
      *read() {
        yield tableFromArrays({ a: Int32Array.of(1, 2), b: ["x", "y"] });
        yield tableFromArrays({ b: ["z"], a: Int32Array.of(3) });
      },
    };
  }
}

Deno.test("data sources are read", async (t) => {
  const spark = await sharedSession();
  if (dialectOf(spark.version) === "3.5") {
    assert.throws(() => spark.dataSource, {
      condition: "NOT_IN_THIS_SPARK",
      message:
        /^Cannot run SparkSession\.dataSource\(\) on Spark 3\.5: it came with Spark 4\.0;/,
    });
    return;
  }
  spark.dataSource.register(Squares);
  const squares = spark.read.format("squares");

  await t.step("rows, in partitions, by options", async () => {
    const df = squares.option("TO", "6").load();
    assert.equal(
      (await df.schema).toDDL(),
      "x INT NOT NULL,square INT",
    );
    assert.deepEqual(
      (await df.collect()).map(({ x, square }) => [x, square]),
      [[0, 0], [1, 1], [2, 4], [3, 9], [4, 16], [5, 25]],
    );
    assert.equal(await df.filter("square > 8").count(), 3);
  });

  await t.step("columns that the read names", async () => {
    const df = squares.schema("x BIGINT, square DOUBLE").load();
    assert.deepEqual((await df.collect())[3], { x: 3, square: 9 });
  });

  await t.step("in SQL", async () => {
    spark.sql(
      "CREATE TEMPORARY VIEW squares_view USING squares OPTIONS (to '2')",
    );
    assert.deepEqual(
      await spark.sql("SELECT sum(square) AS s FROM squares_view").collect(),
      [{ s: 1 }],
    );
    spark.sql("DROP VIEW squares_view");
  });

  await t.step("as tables, to which Spark gives no options", async () => {
    try {
      spark.sql("CREATE TABLE squares_table USING squares OPTIONS (to '2')");
      assert.deepEqual(
        await spark.sql("SELECT count(*) AS n FROM squares_table").collect(),
        [{ n: 4 }], // what the class does without any: so in PySpark
      );
    } finally {
      spark.sql("DROP TABLE IF EXISTS squares_table");
    }
    await assert.rejects(spark.sql("SELECT * FROM squares.`/some`").collect(), {
      message: /^\[UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY\]/,
    });
  });

  await t.step("tables of apache-arrow", async () => {
    spark.dataSource.register(Tables);
    assert.deepEqual(await spark.read.format("tables").load().collect(), [
      { a: 1, b: "x" },
      { a: 2, b: "y" },
      { a: 3, b: "z" },
    ]);
  });

  await t.step("errors name the source, and the program's line", async () => {
    const failing = (at: string): Promise<unknown> =>
      squares.option("fail", at).load().collect();
    await assert.rejects(failing("schema"), (error: unknown) => {
      assert.ok(error instanceof JavaError, Deno.inspect(error));
      assert.match(
        error.message,
        /^Cannot run schema\(\) of the data source "squares": RangeError: no columns\n {2}in load\(\) at data_sources_test\.ts:/,
      );
      assert.match(
        error.stack ?? "",
        /\n {4}at squares\.schema \(\S*data_sources_test/,
      );
      return true;
    });
    await assert.rejects(failing("partitions"), {
      message:
        /^Cannot run partitions\(\) of the data source "squares": RangeError: no parts\n/,
    });
    await assert.rejects(failing("read"), (error: unknown) => {
      assert.ok(error instanceof WorkerError, Deno.inspect(error));
      assert.match(
        error.message,
        /^RangeError: no row \d\n {2}in squares\.read\({ from: \d, to: \d }\) of dataSource\.register\(\) at data_sources_test\.ts:/,
      );
      assert.match(
        error.stack ?? "",
        /at SquaresReader\.read \(\S*data_sources_test/,
      );
      return true;
    });
    await assert.rejects(failing("row"), {
      message: /"square".*"one"[\s\S]* in squares\.read\(/,
    });
  });

  await t.step("what is missing is told by name", async () => {
    class Nothing implements DataSource {}
    spark.dataSource.register(Nothing);
    const nothing = spark.read.format("nothing");
    await assert.rejects(nothing.load().collect(), {
      message:
        /Cannot read "Nothing": the data source has no method schema\(\); add it to the class, or give the columns to the read by schema\(\)/,
    });
    await assert.rejects(nothing.schema("a INT").load().collect(), {
      message:
        /Cannot read "Nothing": the data source has no method reader\(\); add it to the class/,
    });
    assert.throws(() => spark.dataSource.register({} as never), {
      name: "TypeError",
      message:
        /^Cannot register an object of class Object as a data source: it is no class with a name;/,
    });
  });
});

Deno.test("data sources are given filters", async (t) => {
  const spark = await sharedSession();
  if (["3.5", "4.0"].includes(dialectOf(spark.version))) return;
  class Filtered implements DataSource {
    static seen: readonly Filter[] = [];
    schema(): string {
      return "a INT, b STRING";
    }
    reader(): DataSourceReader {
      let least = 0;
      return {
        pushFilters(filters) {
          Filtered.seen = filters;
          return filters.filter((filter) => {
            if (filter.kind !== "GreaterThan") return true;
            least = Number(filter.value) + 1;
            return false;
          });
        },
        *read() {
          for (let a = least; a < 6; a++) yield [a, `b${a}`];
        },
      };
    }
  }
  spark.dataSource.register(Filtered);
  const df = spark.read.format("filtered").load();

  await t.step("only where the setting is on", async () => {
    await assert.rejects(df.collect(), {
      message:
        /Cannot read "Filtered": its reader has pushFilters\(\), and the setting "spark\.sql\.python\.filterPushdown\.enabled" is false, so that Spark does not call it; set that to true/,
    });
  });

  await t.step("and Spark applies what they give back", async () => {
    spark.conf.set("spark.sql.python.filterPushdown.enabled", "true");
    try {
      const found = spark.read.format("filtered").load()
        .filter("a > 2 AND b <> 'b4'");
      assert.deepEqual(await found.collect(), [
        { a: 3, b: "b3" },
        { a: 5, b: "b5" },
      ]);
      assert.ok(
        Filtered.seen.some((filter) =>
          filter.kind === "Not" && filter.child.kind === "EqualTo" &&
          filter.child.value === "b4" && filter.child.attribute.join() === "b"
        ),
        Deno.inspect(Filtered.seen),
      );
    } finally {
      spark.conf.unset("spark.sql.python.filterPushdown.enabled");
    }
  });
});

/** A folder of files, one for each task, that a commit makes visible. */
class Files implements DataSource {
  constructor(readonly options: DataSourceOptions) {}

  writer(schema: StructType, overwrite: boolean): DataSourceWriter<string> {
    return new FilesWriter(
      this.options.path ?? "",
      crypto.randomUUID(),
      schema.fieldNames,
      overwrite,
      this.options.fail ?? "",
    );
  }
}

class FilesWriter implements DataSourceWriter<string> {
  constructor(
    readonly path: string,
    readonly job: string,
    readonly columns: readonly string[],
    readonly overwrite: boolean,
    readonly fail: string,
  ) {}

  async write(rows: Iterable<Record<string, unknown>>): Promise<string> {
    const lines = [...rows].map((row) =>
      this.columns.map((name) => row[name]).join(",")
    );
    const name = `${this.job}-${crypto.randomUUID()}.part`;
    await writeFile(`${this.path}/${name}`, lines.join("\n"));
    if (this.fail === "write" && lines.join().includes("3")) {
      throw new RangeError("disk full");
    }
    return name;
  }

  async commit(messages: readonly (string | null)[]): Promise<void> {
    if (this.fail === "commit") throw new RangeError("no quorum");
    const text = `${this.job} ${this.overwrite} ${messages.length} ${
      messages.every((name) => name?.startsWith(this.job))
    }`;
    await writeFile(`${this.path}/_COMMITTED`, text);
  }

  async abort(messages: readonly (string | null)[]): Promise<void> {
    for (const name of await readdir(this.path)) {
      if (name.startsWith(this.job)) await rm(`${this.path}/${name}`);
    }
    await writeFile(`${this.path}/_ABORTED`, String(messages.length));
  }
}

Deno.test("data sources are written", async (t) => {
  const spark = await sharedSession();
  if (dialectOf(spark.version) === "3.5") return;
  spark.dataSource.register(Files);
  const rows = spark.range(0, 6, 1, 2);
  await using folder = await temporaryFolder();
  const newFolder = async (): Promise<string> => {
    const path = folder.fresh();
    await mkdir(path);
    return path;
  };
  const written = async (
    mode: "append" | "overwrite",
    fail = "",
  ): Promise<{ path: string; error: unknown }> => {
    const path = await newFolder();
    let error: unknown;
    try {
      await rows.write.format("files").mode(mode).option("path", path)
        .option("fail", fail).save();
    } catch (thrown) {
      error = thrown;
    }
    return { path, error };
  };

  await t.step("by tasks, and committed by one writer", async () => {
    const { path, error } = await written("overwrite");
    assert.equal(error, undefined);
    const text = await readFile(`${path}/_COMMITTED`, "utf8");
    assert.match(text, /^\S+ true 2 true$/);
    const names = (await readdir(path)).filter((name) => name.endsWith("part"));
    const parts = await Promise.all(
      names.map((name) => readFile(`${path}/${name}`, "utf8")),
    );
    assert.deepEqual(parts.sort(), ["0\n1\n2", "3\n4\n5"]);
  });

  await t.step("a task that fails aborts", async () => {
    const { path, error } = await written("append", "write");
    assert.ok(error instanceof WorkerError, Deno.inspect(error));
    assert.match(
      error.message,
      /^RangeError: disk full\n {2}in Files\.write\(/,
    );
    assert.deepEqual(await readdir(path), ["_ABORTED"]);
  });

  await t.step("a commit that fails aborts", async () => {
    const { path, error } = await written("append", "commit");
    assert.ok(error instanceof JavaError, Deno.inspect(error));
    assert.match(
      error.message,
      /^Cannot run commit\(\) of the data source "Files": RangeError: no quorum\n/,
    );
    assert.deepEqual(await readdir(path), ["_ABORTED"]);
    assert.equal(await readFile(`${path}/_ABORTED`, "utf8"), "2");
  });

  await t.step("by tables of apache-arrow", async () => {
    const path = await newFolder();
    class Counts implements DataSource {
      writer() {
        return {
          writeArrow: (tables: Iterable<Table>) =>
            [...tables].reduce((sum, { numRows }) => sum + numRows, 0),
          commit: (counts: readonly (number | null)[]) =>
            writeFile(`${path}/counts`, counts.join()),
        };
      }
    }
    spark.dataSource.register(Counts);
    await rows.write.format("counts").mode("append").save();
    assert.equal(await readFile(`${path}/counts`, "utf8"), "3,3");
  });
});
