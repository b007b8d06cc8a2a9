import type { JavaCalls, JavaObject } from "../gateway/java_object.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { SparkError } from "../../common/errors.ts";
import type { Dialect } from "../../protocol/dialect.ts";
import { requireSpark } from "../runtime/jvm_dialect.ts";
import { locateError } from "../sql/locate_error.ts";

/**
 * When a streaming query takes new data, one of these:
 * `{ processingTime: "10 seconds" }`, at most that often; `{ availableNow: true }`,
 * all that is there, then the query ends; `{ once: true }`, that in one batch;
 * `{ continuous: "1 second" }`, all the time, noted that often;
 * `{ realTime: "5 minutes" }`, all the time, in batches of that length (Spark
 * 4.2 and later).
 */
export type Trigger =
  | { readonly processingTime: string }
  | { readonly availableNow: true }
  | { readonly once: true }
  | { readonly continuous: string }
  | { readonly realTime: string };

const CLASS = "org.apache.spark.sql.streaming.Trigger";
const METHODS: Readonly<Record<string, string>> = {
  processingTime: "ProcessingTime",
  availableNow: "AvailableNow",
  once: "Once",
  continuous: "Continuous",
  realTime: "RealTime",
};

/**
 * Refuses what is no trigger, or more than one.
 *
 * @param trigger what the program gave
 * @param dialect the running Spark
 * @param site where
 * @throws SparkError `TRIGGER_INVALID`
 */
export function checkTrigger(
  trigger: Trigger,
  dialect: Dialect,
  site: CallSite,
): Trigger {
  const [[kind = "", value] = [], ...more] = Object.entries(Object(trigger));
  const isFlag = kind === "once" || kind === "availableNow";
  const isRight = Object.hasOwn(METHODS, kind) && more.length === 0 &&
    (isFlag ? value === true : typeof value === "string");
  if (isRight && kind === "realTime") {
    try {
      requireSpark(dialect, "4.2", "a trigger in real time");
    } catch (error) {
      throw locateError(error, site);
    }
  }
  if (isRight) return trigger;
  throw new SparkError(
    "TRIGGER_INVALID",
    `Cannot set a trigger in ${describeSite(site)}: give one of ${
      Object.keys(METHODS).join(", ")
    }, such as { processingTime: "10 seconds" }`,
  );
}

/** The JVM's object for a trigger. Peer: `org.apache.spark.sql.streaming.Trigger`. */
export async function triggerForJvm(
  gateway: JavaCalls,
  trigger: Trigger,
): Promise<JavaObject> {
  const [[kind = "", value] = []] = Object.entries(trigger);
  const method = METHODS[kind] as string;
  return value === true
    ? await gateway.callStaticObject(CLASS, method)
    : await gateway.callStaticObject(CLASS, method, String(value));
}
