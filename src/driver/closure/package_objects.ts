/**
 * Objects that packages make, where the package itself can make them again on
 * a worker: by value they would lack what the package sets up when it makes the
 * first one, such as the methods that its classes share.
 *
 * @module
 */

import { dataProperty } from "../../common/describe_value.ts";
import type {
  ClosureNode,
  ClosureValue,
} from "../../protocol/closure_record.ts";
import type { Refer } from "./describe_object.ts";
import type { PackageTable } from "./package_table.ts";

/** The node of an object that its package makes again; null for any other. */
export function describePackageObject(
  value: object,
  packages: PackageTable,
  refer: Refer,
): ClosureNode | null {
  const recipe = zodRecipe(value);
  if (recipe === null || packages.placeOf(recipe.of) === undefined) return null;
  return {
    kind: "instance",
    of: refer(recipe.of, { kind: "inner", name: "constructor" }),
    arguments: recipe.values.map(({ key, item }) =>
      refer(item, { kind: "property", key })
    ),
    added: addedTo(value, refer),
  };
}

interface Recipe {
  /** The class. */
  readonly of: object;
  /** The arguments of its constructor, by the names under which messages show them. */
  readonly values: readonly { readonly key: string; readonly item: unknown }[];
}

/** Schemas and checks of zod 4, which clones them by `new _zod.constr(_zod.def)` too. */
function zodRecipe(value: object): Recipe | null {
  const inside: unknown = Object.getOwnPropertyDescriptor(value, "_zod")?.value;
  if (typeof inside !== "object" || inside === null) return null;
  const of = dataProperty(inside, "constr");
  const item = dataProperty(inside, "def");
  return typeof of === "function" && typeof item === "object" && item !== null
    ? { of, values: [{ key: "def", item }] }
    : null;
}

/** Plain properties: those that the package sets are there again. */
function addedTo(value: object, refer: Refer): ClosureValue[] {
  return Object.keys(value).flatMap((key) => {
    const item: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    const isPlain = item !== undefined && typeof item !== "function" &&
      (typeof item !== "object" || item === null);
    return isPlain ? [key, refer(item, { kind: "property", key })] : [];
  });
}
