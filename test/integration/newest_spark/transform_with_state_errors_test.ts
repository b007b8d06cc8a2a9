import assert from "node:assert/strict";
import {
  type ListState,
  SparkError,
  type StatefulProcessorHandle,
  type ValueState,
} from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";
import { arrivals, failure, ROCKS_DB, settings, toMemory } from "../streams.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("what is no processor, and no state", async (t) => {
  const spark = await sharedSession();
  await using folder = await temporaryFolder();
  await using _ = await settings(spark, {
    ...ROCKS_DB,
    "spark.sql.shuffle.partitions": "1",
  });

  await t.step("an error names the method, the line and the key", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    await arrive("a");
    class Failing {
      init(): void {}

      handleInputRows(key: { readonly value: string }): never[] {
        throw new RangeError(`no ${key.value}`);
      }
    }
    const error = await failure(
      await lines.groupBy("value").transformWithState(Failing, "n INT", {
        outputMode: "append",
      }).writeStream.format("noop").trigger({ availableNow: true }).start(),
    );
    assert.ok(error instanceof SparkError, Deno.inspect(error));
    assert.match(error.message, /RangeError: no a/);
    assert.match(
      error.message,
      /Failing\.handleInputRows\(\{ value: "a" \}\) of transformWithState\(\) at transform_with_state_errors_test\.ts:\d+:\d+/,
    );
  });

  await t.step("refuses what states do not take, and cannot do", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    await arrive("a");
    class Trying {
      #handle!: StatefulProcessorHandle;
      #state!: ValueState<"n INT">;

      init(handle: StatefulProcessorHandle): void {
        this.#handle = handle;
        this.#state = handle.getValueState("state", "n INT");
      }

      handleInputRows() {
        const handle = this.#handle;
        const calls: readonly (() => unknown)[] = [
          () => this.#state.update({ n: "x" as never }),
          () => handle.getValueState("late", "n INT"),
          () => handle.deleteIfExists("state"),
          () => handle.registerTimer(1),
        ];
        return calls.map((call) => {
          try {
            return [String(call())];
          } catch (error) {
            return [(error as Error).message];
          }
        });
      }
    }
    const tries = lines.groupBy("value").transformWithState(
      Trying,
      "message STRING",
      { outputMode: "append" },
    );
    await using query = await toMemory(tries, "processor_tries", "append");
    await query.processAllAvailable();
    const rows = await spark.table<{ message: string }>("processor_tries")
      .collect();
    const messages = rows.map(({ message }) => message);
    assert.deepEqual(messages, [
      'Cannot write column "n" of the value state "state": "x" is no value of type int; give a whole number from -2147483648 to 2147483647',
      'Cannot declare the value state "late": init() is over; declare states there',
      'Cannot delete the state "state": init() is over; declare states there',
      'Cannot register a timer: the time mode is "none"; give the operation { timeMode: "eventTime" } or { timeMode: "processingTime" }',
    ]);
  });

  await t.step("an error of Spark's ends the task, caught or not", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    await arrive("a");
    class Catching {
      #list!: ListState<"n INT">;

      init(handle: StatefulProcessorHandle): void {
        this.#list = handle.getListState("list", "n INT");
      }

      handleInputRows(): never[] {
        try {
          this.#list.put([]); // Spark refuses an empty list
        } catch {
          // The program goes on.
        }
        return [];
      }
    }
    const error = await failure(
      await lines.groupBy("value").transformWithState(Catching, "n INT", {
        outputMode: "append",
      }).writeStream.format("noop").trigger({ availableNow: true }).start(),
    );
    assert.match(
      String(error),
      /Cannot call put\(\) of the list state "list": Spark says "/,
    );
  });

  const inInit: readonly (readonly [
    what: string,
    init: (handle: StatefulProcessorHandle) => unknown,
    message: RegExp,
  ])[] = [
    [
      "a state that is used in init()",
      (handle) => handle.getValueState("a", "n INT").get(),
      /Cannot call get\(\) of the value state "a": no key is looked at now; do it in handleInputRows\(\), handleExpiredTimer\(\) or handleInitialState\(\)/,
    ],
    [
      "a type that Spark gives no way to write",
      (handle) => handle.getListState("a", "v VARIANT"),
      /Cannot keep column "v" in the list state "a": Spark gives no way to write values of type variant there; keep them as a string or as binary/,
    ],
    [
      "a time to live that is none",
      (handle) => handle.getValueState("a", "n INT", { ttlMs: 0 }),
      /Cannot keep a value state: its time to live is 0; give a whole number of milliseconds from 1 to 2147483647/,
    ],
    [
      "no name",
      (handle) => handle.getValueState("", "n INT"),
      /Cannot keep a value state: its name is ""; give a text/,
    ],
  ];
  for (const [what, init, message] of inInit) {
    await t.step(`refuses ${what}`, async () => {
      const { arrive, lines } = await arrivals(spark, folder);
      await arrive("a");
      const out = lines.groupBy("value").transformWithState(
        () => ({
          init: (handle) => void init(handle),
          handleInputRows: () => [],
        }),
        "n INT",
        { outputMode: "append" },
      );
      const error = await out.writeStream.format("noop")
        .trigger({ availableNow: true }).start().then(
          failure,
          (error) => error,
        );
      assert.match(`${Deno.inspect(error)}`, message);
    });
  }

  await t.step("refuses a state store that has no place for it", async () => {
    await using _ = await settings(spark, {
      "spark.sql.streaming.stateStore.providerClass":
        "org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider",
    });
    const { lines } = await arrivals(spark, folder);
    const out = lines.groupBy("value").transformWithState(
      () => ({ init() {}, handleInputRows: () => [] }),
      "n INT",
      { outputMode: "append" },
    );
    await assert.rejects(
      out.writeStream.format("noop").start(),
      /Cannot run transformWithState\(\) at transform_with_state_errors_test\.ts:\d+:\d+: the session keeps state by "HDFSBackedStateStoreProvider", which has no place for several states; call spark\.conf\.set\("spark\.sql\.streaming\.stateStore\.providerClass", "org\.apache\.spark\.sql\.execution\.streaming\.state\.RocksDBStateStoreProvider"\) before/,
    );
  });

  assert.deepEqual(await spark.streams.active, []);
});
