/**
 * What a broadcast of packages holds: their script, and the files that they
 * load beside it.
 *
 * @module
 */

import { ProtocolError } from "../common/errors.ts";
import { createCborCodec } from "./cbor/cbor.ts";

/** Packages on their way to the workers. */
export interface PackageBundle {
  /** A script in CommonJS form that exports `modules` and `imports`. */
  readonly text: string;
  /** The names in the script that tell its modules where they lie. */
  readonly places: readonly ModulePlace[];
  /** Files that the modules load, by their paths below {@link PACKAGES_ROOT}. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A name in the script that tells a module where it lies. */
export interface ModulePlace {
  /** The name. */
  readonly name: string;
  /** What it stands for: `__dirname`, `__filename`, or `import.meta`. */
  readonly kind: "folder" | "file" | "meta";
  /** The module's path below {@link PACKAGES_ROOT}, or its address where that is not of a file. */
  readonly path: string;
}

/** Where the modules of a bundle believe to lie: a folder that no machine has. */
export const PACKAGES_ROOT = "/tspark/packages/";

/**
 * Writes a bundle as one CBOR item: text, places, files.
 *
 * @returns bytes that nobody else holds
 */
export function encodeBundle(bundle: PackageBundle): Uint8Array<ArrayBuffer> {
  const { text, places, files } = bundle;
  const items = places.map(({ name, kind, path }) => [name, kind, path]);
  return createCborCodec().encode([text, items, files]).slice();
}

/**
 * Reads what {@link encodeBundle} wrote.
 *
 * @throws ProtocolError `CBOR_MALFORMED`, `PACKAGES_MALFORMED`
 */
export function decodeBundle(bytes: Uint8Array): PackageBundle {
  const [text, places, files] = listOf(createCborCodec().decode(bytes));
  if (
    typeof text !== "string" || !Array.isArray(places) ||
    !(files instanceof Map) || !files.entries().every(isFile)
  ) throw malformed();
  return { text, places: places.map(placeOf), files };
}

function placeOf(item: unknown): ModulePlace {
  const [name, kind, path] = listOf(item);
  if (
    typeof name !== "string" || typeof path !== "string" ||
    !/^[\w$]+$/.test(name) ||
    (kind !== "folder" && kind !== "file" && kind !== "meta")
  ) throw malformed();
  return { name, kind, path };
}

function isFile([path, bytes]: readonly unknown[]): boolean {
  return typeof path === "string" && bytes instanceof Uint8Array;
}

function listOf(item: unknown): readonly unknown[] {
  return Array.isArray(item) ? item : [];
}

function malformed(): ProtocolError {
  return new ProtocolError(
    "PACKAGES_MALFORMED",
    "Cannot read the packages of a job: the broadcast holds no bundle; use the same TSpark on the driver and the executors",
  );
}
