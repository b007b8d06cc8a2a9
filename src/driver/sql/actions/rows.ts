import type { JavaObject } from "../../gateway/java_object.ts";
import { sourceNode } from "../../rdd/plan/plan_node.ts";
import type { RddPlan } from "../../rdd/plan/rdd_plan.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { ArrowTable } from "../local_frames.ts";
import { collectRows } from "../rows/collect_rows.ts";
import { collectTable } from "../rows/collect_table.ts";
import { iterateRows } from "../rows/iterate_rows.ts";
import { arrowRdd } from "../dataset.ts";
import { planToJvm } from "../plan/plan_to_jvm.ts";
import { type Relation, relation } from "../plan/relation.ts";
import { ask, rowCount } from "./questions.ts";

/** All rows. */
export function collect<S extends object>(
  node: Relation,
  site: CallSite,
  options?: ActionOptions,
): Promise<S[]> {
  const { session } = node;
  return ask(
    node,
    site,
    (dataset) => collectRows<S>(session, dataset),
    options,
  );
}

/** The first rows. */
export function take<S extends object>(
  node: Relation,
  num: number,
  site: CallSite,
  options?: ActionOptions,
): Promise<S[]> {
  const limited = relation(node, "limit", [rowCount(num)], site);
  return collect<S>(limited, site, options);
}

/** The last rows. Peer: `Dataset.tail`, whose rows become a frame of their own. */
export function tail<S extends object>(
  node: Relation,
  num: number,
  site: CallSite,
  options?: ActionOptions,
): Promise<S[]> {
  const { session } = node;
  const count = rowCount(num);
  return ask(node, site, async (dataset) => {
    const rows = await dataset.callObject("tail", count);
    const frame = await frameOfRows(dataset, rows);
    return await collectRows<S>(session, frame);
  }, options);
}

async function frameOfRows(
  dataset: JavaObject,
  rows: JavaObject,
): Promise<JavaObject> {
  const { gateway } = dataset;
  const list = await gateway.callStaticObject(
    "scala.collection.JavaConverters",
    "seqAsJavaList",
    await gateway.callStaticObject("scala.Predef", "genericWrapArray", rows),
  );
  const session = await dataset.callObject("sparkSession");
  const schema = await dataset.callObject("schema");
  return await session.callObject("createDataFrame", list, schema);
}

/** The rows as a plan of Arrow batches. */
export function rowsPlan(node: Relation, site: CallSite): RddPlan {
  const { session } = node;
  return {
    runtime: session.runtime,
    node: sourceNode(async () => {
      await session.drain();
      return await arrowRdd(session, await planToJvm(node));
    }, site),
  };
}

/** The rows as an RDD of JSON texts. Peer: `Dataset.toJSON`. */
export function jsonPlan(node: Relation, site: CallSite): RddPlan {
  const { session } = node;
  return {
    runtime: session.runtime,
    node: sourceNode(async () => {
      await session.drain();
      const dataset = await planToJvm(node);
      const texts = await dataset.callObject("toJSON");
      const java = (await texts.callObject("toJavaRDD")).keep();
      return { java, format: { kind: "text" } };
    }, site),
  };
}

/** All rows as a table of the package apache-arrow. */
export function toArrow(
  node: Relation,
  site: CallSite,
  options?: ActionOptions,
): Promise<ArrowTable> {
  return ask(
    node,
    site,
    (dataset) => collectTable(node.session, dataset),
    options,
  );
}

/** The rows one by one. */
export async function* iterate<S extends object>(
  node: Relation,
  prefetches: boolean,
  site: CallSite,
  options?: ActionOptions,
): AsyncGenerator<S> {
  const { session } = node;
  const { runtime } = session;
  const dataset = await ask(node, site, (object) => Promise.resolve(object));
  yield* runtime.stream(
    () => iterateRows<S>(session, dataset, prefetches),
    options,
  );
}
