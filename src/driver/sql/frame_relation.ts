import type { Relation } from "./plan/relation.ts";

/** Where a DataFrame keeps its plan; not exported to users. */
export const RELATION: unique symbol = Symbol("tspark.relation");

/** What has a plan: a DataFrame. */
export interface HasRelation {
  /** @internal */
  readonly [RELATION]: Relation;
}
