/**
 * Functions that write by structured loggers: the lines of stderr are the
 * executor's log, those of stdout what a subscriber of the driver's got.
 *
 * @module
 */
import {
  configureSync,
  getConfig,
  getConsoleSink,
  getLogger,
  jsonLinesFormatter,
} from "@logtape/logtape";
import pino from "pino";
import winston from "winston";
import { SparkSession } from "../../../mod.ts";
import { moduleLog } from "../modules/logger.ts";

const log = pino();
const child = log.child({ job: "nightly" });

/** LogTape's settings are each process's own. */
function tape(): ReturnType<typeof getLogger> {
  if (getConfig() === null) {
    configureSync({
      sinks: { console: getConsoleSink({ formatter: jsonLinesFormatter }) },
      loggers: [
        { category: "app", sinks: ["console"], lowestLevel: "debug" },
        { category: ["logtape", "meta"], sinks: [] },
      ],
    });
  }
  return getLogger("app");
}

const WRITERS: Readonly<Record<string, (n: number) => void>> = {
  pinoOfTheProgram: (n) => log.warn({ n }, "pinoOfTheProgram"),
  pinoChild: (n) => child.error({ n }, "pinoChild"),
  pinoOfAModule: (n) =>
    moduleLog.debug({ n }, "not at this level") ??
      moduleLog.info({ n }, "pinoOfAModule"),
  pinoInTheFunction: (n) => pino().warn({ n }, "pinoInTheFunction"),
  pinoWithoutWaiting: (n) =>
    pino(pino.destination({ sync: false })).warn({ n }, "pinoWithoutWaiting"),
  winstonInTheFunction: (n) => {
    winston.createLogger({
      format: winston.format.json(),
      transports: [new winston.transports.Console()],
    }).warn("winstonInTheFunction", { n });
  },
  logTapeInTheFunction: (n) => tape().warn("logTapeInTheFunction", { n }),
};

await using spark = await SparkSession.builder.master("local[2]")
  .config("spark.tspark.logs", "driver")
  .getOrCreate();
using _ = spark.logs.subscribe(({ level, stage, partition, data }) => {
  console.log(JSON.stringify({ level, stage, partition, data }));
});
for (const write of Object.values(WRITERS)) {
  await spark.sparkContext.parallelize([1, 2], 2).foreach(write);
}
