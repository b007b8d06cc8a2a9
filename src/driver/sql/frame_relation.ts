import { describeValue } from "../../common/describe_value.ts";
import type { Relation } from "./plan/relation.ts";

/** Where a DataFrame keeps its plan; not exported to users. */
export const RELATION: unique symbol = Symbol("tspark.relation");

/** What has a plan: a DataFrame. */
export interface HasRelation {
  /** @internal */
  readonly [RELATION]: Relation;
}

/**
 * The plan of a frame that a program gives.
 *
 * @param frame a DataFrame
 * @throws TypeError for anything else, which a program may give that nobody compiles
 */
export function relationOf(frame: HasRelation): Relation {
  const given: unknown = frame;
  if (typeof given === "object" && given !== null && RELATION in given) {
    return frame[RELATION];
  }
  throw new TypeError(
    `Cannot use ${
      describeValue(given)
    } as a DataFrame: it is none; give a frame, such as one of spark.table() or createDataFrame()`,
  );
}
