import { SparkError } from "../../../common/errors.ts";
import { readMap } from "../../gateway/java_convert.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { HasExpression } from "../expression/to_expression.ts";
import { columnOrName } from "../expression/to_expression.ts";
import { type Argument, seq } from "../plan/argument.ts";
import { type Relation, relation } from "../plan/relation.ts";
import type { SessionState } from "../session_state.ts";

/** How an observation is tied to what it observes; users see no such member. */
export const ATTACH: unique symbol = Symbol("attach");

/** What measures rows: an observation, or the name that listeners see. */
export interface Attachable {
  /** Its object as an argument. */
  [ATTACH](session: SessionState): Argument;
}

/** A frame whose rows are measured as they pass by. */
export function observe(
  node: Relation,
  observation: Attachable | string,
  metrics: readonly HasExpression[],
  site: CallSite,
): Relation {
  const [first, ...others] = metrics.map(columnOrName);
  if (first === undefined) {
    throw new TypeError(
      'Cannot observe nothing: give at least one metric, such as count("*").as("rows")',
    );
  }
  const target = typeof observation === "string"
    ? observation
    : observation[ATTACH](node.session);
  return relation(node, "observe", [target, first, seq(others)], site);
}

/**
 * Reads an observation's metrics.
 *
 * Peer: `org.apache.spark.sql.Observation`: `getRow` (3.5, 4.1+), `getAsJava` (4.0).
 */
export async function readObservation(
  name: string,
  session: SessionState | null,
  made: Promise<JavaObject> | null,
  site: CallSite,
): Promise<Record<string, unknown>> {
  if (session === null || made === null) {
    throw new SparkError(
      "OBSERVATION_UNUSED",
      `Cannot read the observation "${name}": no action has run on a frame that it observes; call df.observe(observation, …), then an action on the result`,
      { name },
    );
  }
  const { gateway, calls } = session.runtime;
  return await session.action(site, async () => {
    const observation = await made;
    if (calls.observationsGiveJavaMaps) {
      return await readMetrics(await observation.callObject("getAsJava"));
    }
    const map = await gateway.callStaticObject(
      "scala.collection.JavaConverters",
      "mapAsJavaMap",
      await observation.callObject("get"),
    );
    return await readMetrics(map);
  });
}

async function readMetrics(map: JavaObject): Promise<Record<string, unknown>> {
  const entries = await readMap(map);
  return Object.fromEntries(
    [...entries].map(([key, value]) => [String(key), value]),
  );
}
