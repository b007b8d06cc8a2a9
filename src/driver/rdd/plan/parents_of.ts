import type { PlanNode } from "./plan_node.ts";

/** The nodes that a node is made of. */
export function parentsOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case "source":
      return [];
    case "stage":
    case "shuffle":
    case "jvmTransform":
      return [node.parent];
    case "union":
      return node.parents;
    case "zip":
    case "cartesian":
      return [node.left, node.right];
    case "deferred":
      return node.about;
  }
}
