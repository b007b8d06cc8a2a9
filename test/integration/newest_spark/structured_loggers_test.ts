import assert from "node:assert/strict";

const PROGRAM = import.meta.resolve("../programs/logging_job.ts");

/** Which job writes, how urgent, and what else its records have. */
const WRITERS: Readonly<Record<string, Record<string, unknown>>> = {
  pinoOfTheProgram: { level: 40 },
  pinoChild: { level: 50, job: "nightly" },
  pinoOfAModule: { level: 30, name: "module" },
  pinoInTheFunction: { level: 40 },
  pinoWithoutWaiting: { level: 40 },
  winstonInTheFunction: { level: "warn" },
  logTapeInTheFunction: { level: "WARN", logger: "app" },
};

const WORDS: Readonly<Record<string, string>> = {
  30: "info",
  40: "warn",
  50: "error",
  warn: "warn",
  WARN: "warn",
};

Deno.test("records of structured loggers are in the executor's log and at the driver", async (t) => {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", PROGRAM],
  }).output();
  const log = new TextDecoder().decode(stderr);
  assert.ok(success, log);
  const logged = recordsIn(log);
  const brought = recordsIn(new TextDecoder().decode(stdout));
  for (const [stage, [writer, fields]] of Object.entries(WRITERS).entries()) {
    await t.step(writer, () => {
      for (const partition of [0, 1]) {
        const record = only(
          logged,
          ({ spark }) => isAt(spark, stage, partition),
        );
        assert.deepEqual(record["spark"], { stage, partition, attempt: 0 });
        assert.equal(messageOf(record), writer);
        assert.equal(numberOf(record), partition + 1);
        assert.partialDeepStrictEqual(record, fields);

        const line = only(brought, (line) => isAt(line, stage, partition));
        assert.equal(line["level"], WORDS[String(fields["level"])]);
        const { spark: _, ...written } = record;
        assert.deepEqual(line["data"], written);
      }
    });
  }
  assert.equal(logged.length, 2 * Object.keys(WRITERS).length);
});

type Fields = Record<string, unknown>;

function recordsIn(text: string): Fields[] {
  return text.split("\n").filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

function only(records: Fields[], isIt: (record: Fields) => boolean): Fields {
  const found = records.filter(isIt);
  assert.equal(found.length, 1, JSON.stringify(records));
  return found[0] ?? {};
}

function isAt(place: unknown, stage: number, partition: number): boolean {
  const { stage: atStage, partition: at } = Object(place);
  return atStage === stage && at === partition;
}

/** pino says `msg`, others `message`. */
function messageOf(record: Fields): unknown {
  return record["msg"] ?? record["message"];
}

/** LogTape keeps what a record is about in a field of its own. */
function numberOf(record: Fields): unknown {
  return record["n"] ?? Object(record["properties"])["n"];
}
