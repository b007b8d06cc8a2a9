import assert from "node:assert/strict";
import { SparkConf } from "../../../../src/driver/runtime/spark_conf.ts";
import { Accumulator } from "../../../../src/driver/runtime/accumulator.ts";
import {
  internalsOf,
  type WorkerLogLine,
  WorkerLogs,
} from "../../../../src/driver/runtime/worker_logs.ts";

const pure = { permissions: "none" } as const;

/** The logs of an application with this setting. */
function logsOf(value?: string): WorkerLogs {
  const conf = new SparkConf();
  return new WorkerLogs({
    shared: {
      accumulator: <T>(zero: T, param: unknown) =>
        new Accumulator(7, zero, param as never, () => {}),
    },
    mapStack: (text) => text.replace("tspark:", ""),
    conf: value === undefined ? conf : conf.set("spark.tspark.logs", value),
  });
}

const TASK = {
  stage: 1,
  partition: 2,
  attempt: 0,
  lines: [{ time: 0, level: "info", text: "at tspark:app.ts:1:2" }],
  leftOut: 0,
};

Deno.test("WorkerLogs shows lines as long as nobody subscribes", pure, () => {
  const logs = logsOf("driver");
  const shown: string[] = [];
  const told: WorkerLogLine[] = [];
  internalsOf(logs).take(TASK); // shown nowhere
  internalsOf(logs).showBy((text) => shown.push(text));
  {
    using _ = logs.subscribe((line) => told.push(line));
    internalsOf(logs).take(TASK);
  }
  internalsOf(logs).take({ ...TASK, leftOut: 3 });
  assert.deepEqual(told.map(({ text, data }) => ({ text, data })), [
    { text: "at app.ts:1:2", data: null },
  ]);
  assert.deepEqual(shown, [
    "1970-01-01T00:00:00.000Z [stage 1, partition 2] at app.ts:1:2\n",
    "1970-01-01T00:00:00.000Z [stage 1, partition 2] warn: 3 of 4 lines of this task were left out; the executor's log has all\n",
  ]);
});

Deno.test(
  "WorkerLogs takes a record's level in pino's numbers and in words",
  pure,
  () => {
    const logs = logsOf("driver");
    const levels: string[] = [];
    using _ = logs.subscribe(({ level }) => levels.push(level));
    const records = [10, 20, 30, 40, 50, 60, "INFO", "Warning", "fatal", "odd"];
    internalsOf(logs).take({
      ...TASK,
      lines: records.map((level) => ({
        time: 0,
        level: "debug",
        text: JSON.stringify({ level }),
      })),
    });
    assert.equal(
      levels.join(),
      "trace,debug,info,warn,error,error,info,warn,error,debug",
    );
  },
);

Deno.test("WorkerLogs leaves what is no task's output alone", pure, () => {
  const logs = logsOf("driver");
  internalsOf(logs).showBy(() => assert.fail());
  for (const value of [null, 1, {}, { ...TASK, lines: [{ text: 1 }] }]) {
    internalsOf(logs).take(value);
  }
});

Deno.test("WorkerLogs.subscribe() says which setting is missing", pure, () => {
  for (const value of [undefined, "executor"]) {
    const logs = logsOf(value);
    assert.equal(internalsOf(logs).accumulatorId, null);
    assert.throws(() => logs.subscribe(() => {}), {
      condition: "LOGS_NOT_SENT",
      message:
        'Cannot subscribe to what functions print: it goes to the executors\' logs alone; set spark.tspark.logs to "driver" before the session starts',
    });
  }
  assert.throws(() => logsOf("drive"), {
    name: "RangeError",
    message:
      'Cannot use "drive" for spark.tspark.logs: it is neither "executor" nor "driver"; set one of them',
  });
});
