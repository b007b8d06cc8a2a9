import type { Gateway } from "../gateway/gateway.ts";
import { expectObject } from "../gateway/expect.ts";
import type { JavaObject } from "../gateway/java_object.ts";

const FILTER = "org.apache.logging.log4j.core.filter.RegexFilter";
const RESULT = "org.apache.logging.log4j.core.Filter$Result";
/** Where Spark's own configuration of its log comes from. */
const DEFAULTS = "log4j2-defaults.properties";
/** Levels at which everything is shown. */
const TALKATIVE: readonly string[] = ["ALL", "TRACE", "DEBUG", "INFO"];

/** What a stream's tasks are logged with. */
const OF_QUERY = "(\\[queryId = \\S+\\] (\\[batchId = \\S+\\] )?)?";
/** What Spark logs of a failed job: its stage, what wrote for it, and what it then cancels in vain. */
const JOB = "Task \\d+ in stage .* failed \\d+ times; aborting job" +
  "|Aborting job |Job \\S+ aborted|Data source write support .* abort(ing|ed)\\." +
  "|Failed to cancel job group .* Cannot find active jobs";
/** What Spark logs of a failed task that runs in this JVM: as the executor sees it, the attempt, and what wrote files. */
const LOCAL = `(?s)${OF_QUERY}(${JOB}|Exception in task |Lost task ` +
  "|Abort(ing|ed) commit for partition |Aborting task|Task \\S+ aborted" +
  "|IOException thrown while closing Closeable).*";
/** On clusters an attempt may fail for reasons that no action tells. */
const CLUSTER = `(?s)${OF_QUERY}(${JOB}|Lost task .*\\[tspark failure\\]).*`;

/**
 * Keeps what Spark logs of failed tasks, some eighty lines of the JVM's stacks
 * each, off the terminal: the action's error tells it better. It is shown at
 * log level INFO, and always where the user has configured the log.
 *
 * Peer: `Executor`, `TaskSetManager`, `Utils`, `SparkHadoopWriter`,
 * `FileFormatWriter`, `DataWritingSparkTask` and `WriteToDataSourceV2Exec`,
 * which log it as ERROR and WARN, a stream's with its query.
 */
export class TaskLog {
  readonly #config: JavaObject | null;
  readonly #filter: JavaObject | null;
  #isHidden = false;

  private constructor(config: JavaObject | null, filter: JavaObject | null) {
    this.#config = config;
    this.#filter = filter;
  }

  /**
   * Hides failed tasks from now on.
   *
   * @param gateway the door to the JVM
   * @param isLocal whether tasks run in this JVM
   */
  static async open(gateway: Gateway, isLocal: boolean): Promise<TaskLog> {
    const config = await loggingConfig(gateway);
    if (config === null) return new TaskLog(null, null);
    const filter = await gateway.callStaticObject(
      FILTER,
      "createFilter",
      isLocal ? LOCAL : CLUSTER,
      null,
      false,
      expectObject(await gateway.staticField(RESULT, "DENY"), "DENY"),
      expectObject(await gateway.staticField(RESULT, "NEUTRAL"), "NEUTRAL"),
    );
    const log = new TaskLog(config.keep(), filter.keep());
    await log.#hide(true);
    return log;
  }

  /** Shows failed tasks, or hides them, as a log level asks for it. */
  async setLevel(level: string): Promise<void> {
    await this.#hide(!TALKATIVE.includes(level));
  }

  async #hide(isHidden: boolean): Promise<void> {
    if (this.#config === null || isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    const method = isHidden ? "addFilter" : "removeFilter";
    await this.#config.call(method, this.#filter);
  }
}

/** The configuration of the JVM's log; null when it is the user's, or not log4j's. */
async function loggingConfig(gateway: Gateway): Promise<JavaObject | null> {
  const context = await gateway.callStaticObject(
    "org.apache.logging.log4j.LogManager",
    "getContext",
    false,
  );
  const config = await gateway.tryCall(context, "getConfiguration");
  if (config === undefined || config === null) return null;
  const java = expectObject(config, "getConfiguration");
  const source = await java.callObject("getConfigurationSource");
  const location = await source.call("getLocation");
  return typeof location === "string" && location.includes(DEFAULTS)
    ? java
    : null;
}
