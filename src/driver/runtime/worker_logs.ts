import { writeErrorText } from "../../common/log.ts";
import { SparkError } from "../../common/errors.ts";
import {
  formatOutput,
  isTaskOutput,
  jsonObject,
  OUTPUT_LEVELS,
  type OutputLevel,
  type OutputLine,
  type TaskOutput,
} from "../../protocol/task_output.ts";
import { errorMessage } from "../../common/error_message.ts";
import { type Accumulator, defaultParam } from "./accumulator.ts";
import type { SharedVariables } from "./shared_variables.ts";
import type { SparkConf } from "./spark_conf.ts";

const LOGS = "spark.tspark.logs"; // where what functions print goes, beside the executors' logs

/** How urgent a line of a log is. */
export type WorkerLogLevel = OutputLevel;

/** What a function printed on a worker, by one call of its console or as one line of a stream. */
export interface WorkerLogLine {
  /** When it was printed, by the worker's clock. */
  readonly time: Date;
  /** `log` and `info` are `info`; of a structured logger's line what its `level` says. */
  readonly level: WorkerLogLevel;
  /** The text without its line end; it may have several lines. */
  readonly text: string;
  /** The fields of a text that is one JSON object, as structured loggers write; null for any other. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** The stage, as the Spark UI numbers it. */
  readonly stage: number;
  /** The partition's index. */
  readonly partition: number;
  /** How often the task had failed before. */
  readonly attempt: number;
  /** How many lines of the task were left out, of which this line tells; 0 in a line that was printed. */
  readonly leftOut: number;
}

/** The side of a {@link WorkerLogs} that users do not see. */
export interface WorkerLogInternals {
  /** Number of the accumulator by which lines come; null where none do. */
  readonly accumulatorId: number | null;
  /** Says where lines are shown as long as nobody subscribes. */
  showBy(show: (text: string, level: WorkerLogLevel) => void): void;
  /** Takes what a task printed; must not throw. */
  take(task: unknown): void;
}

/** What the library itself does with logs. */
export let internalsOf: (logs: WorkerLogs) => WorkerLogInternals;

/** What a {@link WorkerLogs} works with. */
interface WorkerLogsOptions {
  /** Makes the accumulator by which lines come. */
  readonly shared: Pick<SharedVariables, "accumulator">;
  /** Rewrites positions of revived code to the user's files. */
  readonly mapStack: (text: string) => string;
  /** The application's settings. */
  readonly conf: SparkConf;
}

/**
 * What functions print on the workers, as `spark.logs` gives it where
 * `spark.tspark.logs` is `driver`. Lines come with the end of their task: at
 * most 1,000 of a task, those from its end and a sample of the others.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * const spark = await SparkSession.builder.master("local[2]")
 *   .config("spark.tspark.logs", "driver").getOrCreate();
 * using _ = spark.logs.subscribe(({ level, partition, text }) => {
 *   console.log(level, partition, text);
 * });
 * await spark.sparkContext.parallelize([1, 2]).foreach((n) => console.log(n));
 * ```
 */
export class WorkerLogs {
  readonly #mapStack: (text: string) => string;
  readonly #accumulator: Accumulator<unknown> | null;
  readonly #subscribers = new Set<(line: WorkerLogLine) => void>();
  #show: ((text: string, level: OutputLevel) => void) | null = null;

  static {
    internalsOf = (logs) => ({
      accumulatorId: logs.#accumulator?.id ?? null,
      showBy: (show) => void (logs.#show = show),
      take: (task) => logs.#take(task),
    });
  }

  /** @internal */
  constructor({ shared, mapStack, conf }: WorkerLogsOptions) {
    this.#mapStack = mapStack;
    this.#accumulator = goesToDriver(conf)
      ? shared.accumulator<unknown>([], {
        ...defaultParam([]),
        addInPlace: (none, tasks) => {
          for (const task of tasks as readonly unknown[]) this.#take(task);
          return none;
        },
      })
      : null;
  }

  /**
   * Has a function told of each line that comes from now on, in place of the
   * program's terminal.
   *
   * @param listener is called before the action's promise resolves; an error
   *   that it throws is told on stderr, and ends nothing
   * @returns ends the subscription by `using` or `[Symbol.dispose]()`
   * @throws SparkError `LOGS_NOT_SENT` unless `spark.tspark.logs` is `driver`
   */
  subscribe(listener: (line: WorkerLogLine) => void): Disposable {
    if (this.#accumulator === null) throw notSent();
    const own = (line: WorkerLogLine): void => listener(line);
    this.#subscribers.add(own);
    return { [Symbol.dispose]: () => void this.#subscribers.delete(own) };
  }

  #take(task: unknown): void {
    if (this.#accumulator === null || !isTaskOutput(task)) return;
    const { leftOut, lines } = task;
    for (const line of lines) this.#tell(line, task, 0);
    if (leftOut > 0) this.#tell(leftOutLine(task), task, leftOut);
  }

  #tell(line: OutputLine, place: TaskOutput, leftOut: number): void {
    const printed = { ...line, text: this.#mapStack(line.text) };
    if (this.#subscribers.size === 0) {
      const text = formatOutput(printed, place);
      guarded(() => this.#show?.(text, line.level));
      return;
    }
    const told = logLine(printed, place, leftOut);
    for (const subscriber of this.#subscribers) {
      guarded(() => subscriber(told));
    }
  }
}

/** Nothing that is shown fails a job, whose scheduler waits for it. */
function guarded(show: () => void): void {
  try {
    show();
  } catch (error) {
    writeErrorText(`A listener of spark.logs failed: ${errorMessage(error)}\n`);
  }
}

function goesToDriver(conf: SparkConf): boolean {
  const value = conf.get(LOGS, "executor");
  if (value === "driver" || value === "executor") return value === "driver";
  throw new RangeError(
    `Cannot use "${value}" for ${LOGS}: it is neither "executor" nor "driver"; set one of them`,
  );
}

function notSent(): SparkError {
  return new SparkError(
    "LOGS_NOT_SENT",
    `Cannot subscribe to what functions print: it goes to the executors' logs alone; set ${LOGS} to "driver" before the session starts`,
  );
}

function leftOutLine({ lines, leftOut }: TaskOutput): OutputLine {
  const all = lines.length + leftOut;
  return {
    time: lines.at(-1)?.time ?? Date.now(),
    level: "warn",
    text:
      `${leftOut} of ${all} lines of this task were left out; the executor's log has all`,
  };
}

function logLine(
  { time, level, text }: OutputLine,
  { stage, partition, attempt }: TaskOutput,
  leftOut: number,
): WorkerLogLine {
  const data = jsonObject(text);
  return Object.freeze({
    time: new Date(time),
    level: levelIn(data) ?? level,
    text,
    data,
    stage,
    partition,
    attempt,
    leftOut,
  });
}

/** What pino, bunyan, winston and others call a record's level. */
function levelIn(data: WorkerLogLine["data"]): WorkerLogLevel | null {
  const level = data?.["level"] ?? data?.["severity"];
  if (typeof level === "number") {
    const index = Math.ceil(level / 10) - 1;
    return OUTPUT_LEVELS[Math.min(Math.max(index, 0), 4)] ?? null;
  }
  if (typeof level !== "string") return null;
  const word = level.toLowerCase();
  if (word === "fatal" || word === "critical") return "error";
  if (word === "warning") return "warn";
  return OUTPUT_LEVELS.find((known) => known === word) ?? null;
}
