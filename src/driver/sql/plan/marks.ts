import type { JavaObject } from "../../gateway/java_object.ts";
import type { StorageLevel } from "../../rdd/storage_level.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { Argument } from "./argument.ts";
import { argumentForJvm, planToJvm } from "./plan_to_jvm.ts";
import type { Relation } from "./relation.ts";

/**
 * Has Spark keep a plan's rows, from the next action on.
 *
 * @param node the plan
 * @param level where they are kept; null for Spark's default
 * @param site where the program asked for it
 */
export function persist(
  node: Relation,
  level: StorageLevel | null,
  site: CallSite,
): void {
  inBackground(node, site, async (dataset) => {
    if (level === null) await dataset.call("persist");
    else {
      await dataset.call(
        "persist",
        await argumentForJvm(node.session, storageArgument(level)),
      );
    }
  });
}

/** Has Spark keep a plan's rows no longer. */
export function unpersist(
  node: Relation,
  blocking: boolean,
  site: CallSite,
): void {
  inBackground(node, site, async (dataset) => {
    await dataset.call("unpersist", blocking);
  });
}

/** Makes a node now, in the background and in the program's order, since it depends on what is now. */
export function eager(node: Relation): Relation {
  void start(node);
  return node;
}

/**
 * As {@link eager}.
 *
 * @returns resolves when the node is made; a failure that nobody looks at is thrown by the next action
 */
export function start(node: Relation): Promise<void> {
  return node.session.enqueue(node.site, async () => {
    await planToJvm(node);
  });
}

function inBackground(
  node: Relation,
  site: CallSite,
  body: (dataset: JavaObject) => Promise<void>,
): void {
  const { session } = node;
  void session.enqueue(
    site,
    async () => await body(await planToJvm(node)),
  );
}

/** A storage level as the JVM's object: rows are kept as Spark's own objects. */
export function storageArgument(level: StorageLevel): Argument {
  return {
    kind: "storage",
    flags: [
      level.useDisk,
      level.useMemory,
      level.useOffHeap,
      level.deserialized,
      level.replication,
    ],
  };
}
