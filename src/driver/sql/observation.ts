import { printBy } from "../../common/inspect.ts";
import { memoizeAsync } from "../../common/memoize_async.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import { ATTACH, readObservation } from "./actions/observe.ts";
import type { Argument } from "./plan/argument.ts";
import type { SessionState } from "./session_state.ts";

/**
 * Metrics of the rows that pass through a frame, measured by the first action
 * that computes them: see `DataFrame.observe`.
 *
 * @example
 * ```ts
 * import { type DataFrame, Observation } from "@tspark/tspark";
 * import { count, lit } from "@tspark/tspark/functions";
 *
 * async function rows(df: DataFrame): Promise<unknown> {
 *   const seen = new Observation("seen");
 *   await df.observe(seen, count(lit(1)).as("rows")).write.parquet("out");
 *   return (await seen.get()).rows;
 * }
 * ```
 */
export class Observation {
  /** The name that listeners see. */
  readonly name: string;
  readonly #made: { object: Promise<JavaObject> | null } = { object: null };
  #session: SessionState | null = null;

  static {
    printBy(Observation.prototype, ({ name }) => `Observation(${name})`);
  }

  /**
   * An observation of nothing yet.
   *
   * @param name the name that listeners see; one of its own when left out
   */
  constructor(name: string = crypto.randomUUID()) {
    this.name = name;
  }

  /**
   * The metrics by name; waits until an action has computed them.
   *
   * @throws SparkError `OBSERVATION_UNUSED` when it observes nothing
   */
  async get(): Promise<Record<string, unknown>> {
    const site: CallSite = callSite("Observation.get()");
    return await readObservation(
      this.name,
      this.#session,
      this.#made.object,
      site,
    );
  }

  /**
   * Ties it to the session of what it observes.
   *
   * @returns the JVM's `Observation`, as an argument
   * @throws SparkError `OBSERVATION_REUSED` the second time
   * @internal
   */
  [ATTACH](session: SessionState): Argument {
    this.#session = session;
    const make = (gateway: Gateway): Promise<JavaObject> =>
      memoizeAsync(this.#made, "object", async () => {
        const object = await gateway.construct(
          "org.apache.spark.sql.Observation",
          this.name,
        );
        return object.keep();
      });
    return { kind: "object", name: `Observation(${this.name})`, make };
  }
}
