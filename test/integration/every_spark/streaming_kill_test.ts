import assert from "node:assert/strict";
import type {
  DataFrame,
  StatefulProcessorHandle,
  TimerValues,
  ValueState,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { dieOnce } from "../die_once.ts";
import { ownSession } from "../shared_session.ts";
import { arrivals, memory, ROCKS_DB, toMemory } from "../streams.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const GROUPS = 20;
const LINES = 2000; // of a batch, in batches of 100 rows
const EACH = LINES / GROUPS;
const SCHEMA = "value STRING, n INT";

interface Word {
  readonly value: string;
}

interface Counted {
  readonly value: string | null;
  readonly n: number | null;
}

/** Counts the rows of each word, and those of all batches before. */
class Counter {
  #count!: ValueState<"n INT NOT NULL">;

  /** @param die called in the middle of a batch, between two changes of a state */
  constructor(readonly die: () => void) {}

  init(handle: StatefulProcessorHandle): void {
    this.#count = handle.getValueState("count", "n INT NOT NULL");
  }

  handleInitialState(_word: Word, { n }: { n: number }): void {
    this.#count.update({ n });
  }

  *handleInputRows(
    { value }: Word,
    rows: Iterable<Word>,
    _timers: TimerValues,
  ): Generator<{ value: string; n: number }> {
    let n = this.#count.get()?.n ?? 0;
    const before = n;
    for (const _ of rows) {
      this.#count.update({ n: ++n });
      if (value === "7" && before > 0 && n === before + EACH / 2) this.die();
    }
    yield { value, n };
  }
}

Deno.test("a worker that is killed between two changes of a state is made up for", async (t) => {
  await using folder = await temporaryFolder();
  const spark = await ownSession({
    "spark.master": "local[2,4]",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    ...ROCKS_DB,
  });
  await spark.sparkContext.setLogLevel("OFF");

  /** Two batches of the same lines; the worker dies in the second. */
  const killed = (
    kind: string,
    counted: (lines: DataFrame<Word>, marker: string) => DataFrame<Counted>,
    from = 0,
  ): Promise<boolean> =>
    t.step(kind, async () => {
      const marker = `${folder.path}/${kind}`;
      const { arrive, lines } = await arrivals(spark, folder);
      const name = `killed_${kind}`;
      const query = await toMemory(counted(lines, marker), name, "update");
      for (let batch = 0; batch < 2; batch++) {
        await arrive(
          ...Array.from({ length: LINES }, (_, i) => String(i % GROUPS)),
        );
        await query.processAllAvailable();
      }
      await query.stop();
      assert.ok((await Deno.stat(marker)).isFile, "no worker was killed");
      const rows = await memory(spark, name);
      assert.deepEqual(
        rows.map(({ value, n }) => `${value}: ${n}`).toSorted(),
        Array.from({ length: 2 * GROUPS }, (_, i) =>
          `${i >> 1}: ${from + EACH * (1 + i % 2)}`).toSorted(),
      );
    });

  await killed(
    "group_state",
    (lines, marker) =>
      lines.groupBy("value").flatMapGroupsWithState(
        function* ({ value }, rows, state) {
          const before = state.getOption()?.n ?? 0;
          let n = before;
          for (const _ of rows) {
            state.update({ n: ++n });
            if (value === "7" && before > 0 && n === before + EACH / 2) {
              dieOnce(marker);
            }
          }
          yield { value, n };
        },
        SCHEMA,
        { state: "n INT NOT NULL", outputMode: "update" },
      ),
  );

  if (dialectOf(spark.version) !== "3.5") {
    await killed(
      "processor",
      (lines, marker) =>
        lines.groupBy("value").transformWithState(
          () => new Counter(() => dieOnce(marker)),
          SCHEMA,
          { outputMode: "update" },
        ),
    );

    const initialState = spark.range(GROUPS)
      .selectExpr("CAST(id AS STRING) AS value", "1000 AS n")
      .groupBy("value");
    await killed(
      "processor_with_initial_state",
      (lines, marker) =>
        lines.groupBy("value").transformWithState(
          () => new Counter(() => dieOnce(marker)),
          SCHEMA,
          { outputMode: "update", initialState },
        ),
      1000,
    );
  }

  await spark.stop();
});
