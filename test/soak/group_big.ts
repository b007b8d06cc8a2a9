/**
 * Groups and sorts more records than a worker may hold, and says how much
 * memory its workers took: run by hand, on Linux.
 *
 * ```sh
 * deno run -A test/soak/group_big.ts --gb 4             # groupByKey, then sortBy
 * deno run -A test/soak/group_big.ts --gb 2 --one-group # one key, its values read twice
 * ```
 *
 * `--memory 512m` is `spark.python.worker.memory`, `--bytes 250` the size of a
 * record. Ends with status 1 when a result is wrong.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { type RDD, SparkSession } from "../../mod.ts";
import { residentBytes, workers } from "../integration/processes.ts";

const RECORDS_PER_GROUP = 10;
const SLICES_PER_GB = 4;
const SAMPLE_MS = 100; // the kernel keeps each worker's peak, so only its last moments can be missed
const GB = 1e9;
const MIB = 1 << 20;

const { values: options } = parseArgs({
  options: {
    "gb": { type: "string", default: "1" },
    "bytes": { type: "string", default: "250" },
    "memory": { type: "string", default: "512m" },
    "one-group": { type: "boolean", default: false },
  },
});
const gigabytes = Number(options.gb);
const recordBytes = Number(options.bytes);
const records = Math.round(gigabytes * GB / recordBytes);

const logFolder = await Deno.makeTempDir();
const peaks = new Map<number, number>();
const sampling = setInterval(() => {
  for (const pid of workers()) {
    peaks.set(pid, Math.max(peaks.get(pid) ?? 0, residentBytes(pid).peak));
  }
}, SAMPLE_MS);
const start = performance.now();
let isRight: boolean;
try {
  await using spark = await startSpark(options.memory, logFolder);
  const numbers = spark.sparkContext.range(
    0,
    records,
    1,
    Math.ceil(gigabytes * SLICES_PER_GB),
  );
  isRight = options["one-group"]
    ? await readOneGroup(numbers)
    : await groupAndSort(numbers);
} finally {
  clearInterval(sampling);
}
const seconds = (performance.now() - start) / 1000;
const spilled = spilledBytes(logFolder);
await Deno.remove(logFolder, { recursive: true });
console.log(
  [
    `${options["one-group"] ? "one group" : "group and sort"}: ${
      isRight ? "right" : "WRONG"
    }`,
    `${records} records of ${recordBytes} bytes, ${gigabytes} GB`,
    `worker memory ${options.memory}`,
    `${seconds.toFixed(0)} s`,
    `peak memory of each worker ${
      [...peaks.values()].map((bytes) => mebibytes(bytes)).join(", ")
    }`,
    `spilled ${mebibytes(spilled.memory)} of memory, ${
      mebibytes(spilled.disk)
    } of disk`,
  ].join("\n"),
);
Deno.exitCode = isRight ? 0 : 1;

/** All records under a tenth as many keys, then all of them by value: in one task each. */
async function groupAndSort(numbers: RDD<number>): Promise<boolean> {
  const keys = Math.ceil(records / RECORDS_PER_GROUP);
  const length = recordBytes;
  const counts = await numbers
    .map((i): [number, string] => [
      i % keys,
      String(Math.imul(i, 0x9e3779b1) >>> 0).padEnd(length, "."),
    ])
    .groupByKey(1)
    .flatMap(([, values]) => values)
    .sortBy((value) => value, true, 1)
    .mapPartitions((values) => {
      let count = 0;
      let ordered = 0;
      let last = "";
      for (const value of values) {
        count++;
        if (last <= value) ordered++;
        last = value;
      }
      return [[count, ordered]];
    })
    .collect();
  return JSON.stringify(counts) === JSON.stringify([[records, records]]);
}

/** All records under one key, whose values are read from the first to the last, twice. */
async function readOneGroup(numbers: RDD<number>): Promise<boolean> {
  const length = recordBytes;
  const counts = await numbers
    .map((i): [string, string] => ["only", String(i).padEnd(length, ".")])
    .groupByKey(1)
    .map(([key, values]) => {
      let count = 0;
      let sum = 0;
      for (let round = 0; round < 2; round++) {
        for (const value of values) {
          count++;
          sum += Number.parseInt(value);
        }
      }
      return [key, values.length, count, sum];
    })
    .collect();
  return JSON.stringify(counts) === JSON.stringify([
    ["only", records, 2 * records, records * (records - 1)],
  ]);
}

async function startSpark(
  memory: string,
  eventLogs: string,
): Promise<SparkSession> {
  return await SparkSession.builder.master("local[1]").appName("group big")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "2g")
    .config("spark.python.worker.memory", memory)
    .config("spark.eventLog.enabled", "true")
    .config("spark.eventLog.dir", `file://${eventLogs}`)
    .config("spark.eventLog.rolling.enabled", "false")
    .config("spark.eventLog.compress", "false")
    .getOrCreate();
}

/** What Spark's own metrics say of all tasks, in bytes. */
function spilledBytes(folder: string): { memory: number; disk: number } {
  let memory = 0;
  let disk = 0;
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.startsWith(".")) continue; // Hadoop's checksums
    const log = Deno.readTextFileSync(`${folder}/${name}`);
    for (const line of log.split("\n")) {
      if (!line.includes('"SparkListenerTaskEnd"')) continue;
      const metrics = JSON.parse(line)["Task Metrics"];
      memory += metrics["Memory Bytes Spilled"];
      disk += metrics["Disk Bytes Spilled"];
    }
  }
  return { memory, disk };
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}
