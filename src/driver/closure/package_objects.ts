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

/**
 * The node of an object that its package makes again; null for any other, and
 * `"not here"` for one that no other machine can make.
 */
export function describePackageObject(
  value: object,
  packages: PackageTable,
  refer: Refer,
): ClosureNode | "not here" | null {
  const recipe = zodRecipe(value) ?? sonicBoomRecipe(value);
  if (recipe === null || packages.placeOf(recipe.of) === undefined) return null;
  if (recipe.isHere === true) return "not here";
  return {
    kind: "instance",
    of: refer(recipe.of, { kind: "inner", name: "constructor" }),
    arguments: recipe.values.map(({ key, item }) =>
      refer(item, { kind: "property", key })
    ),
    added: recipe.isAllMade === true ? [] : addedTo(value, refer),
  };
}

interface Recipe {
  /** The class. */
  readonly of: object;
  /** The arguments of its constructor, by the names under which messages show them. */
  readonly values: readonly { readonly key: string; readonly item: unknown }[];
  /** Set where the program's own properties of it are of no use elsewhere. */
  readonly isAllMade?: true;
  /** Set where it stands for something of this machine. */
  readonly isHere?: boolean;
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

/**
 * What pino writes through: only the process's own outputs are everywhere. A
 * worker's holds nothing back, as what is in a buffer when a task ends would be
 * told of another task, or of none.
 */
function sonicBoomRecipe(value: object): Recipe | null {
  if (!Object.hasOwn(value, "_writingBuf")) return null;
  const of = dataProperty(Object.getPrototypeOf(value), "constructor");
  if (typeof of !== "function") return null;
  const fd = dataProperty(value, "fd");
  const sync = dataProperty(value, "sync");
  return {
    of,
    values: [{ key: "fd", item: { fd, sync } }],
    isAllMade: true,
    isHere: fd !== 1 && fd !== 2,
  };
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
