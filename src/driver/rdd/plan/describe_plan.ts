import { describeSite } from "../../runtime/call_site.ts";
import { parentsOf } from "./parents_of.ts";
import type { PlanNode } from "./plan_node.ts";

const MOST_OPERATIONS = 8; // that are told, the latest ones

/**
 * A plan in a line, for a person to read: its name, if it has one, and its
 * operations from the source on. Of several parents the first is followed.
 *
 * @example
 * ```ts ignore
 * describePlan(counts); // textFile() at app.ts:3:4 → map() at app.ts:4:4
 * ```
 */
export function describePlan(node: PlanNode): string {
  const operations: string[] = [];
  let isWhole = false;
  for (let next: PlanNode | null = node; next !== null;) {
    const text = describeSite(next.site);
    if (operations.at(-1) !== text) operations.push(text); // one operation may make several nodes
    next = parentsOf(next)[0] ?? null;
    isWhole = next === null;
    if (operations.length > MOST_OPERATIONS) break;
  }
  const told = operations.slice(0, MOST_OPERATIONS).reverse();
  if (!isWhole || operations.length > MOST_OPERATIONS) told.unshift("…");
  const { name } = node.state;
  const label = name === null ? "" : `${JSON.stringify(name)}: `;
  return label + told.join(" → ");
}
