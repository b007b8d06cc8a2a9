/**
 * Nodes that hold no other value, or that only the platform can make.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import process from "node:process";
import { ProtocolError } from "../../src/common/errors.ts";
import { walkPath } from "../../src/protocol/builtin_path.ts";
import type {
  ImporterNode,
  ModuleNode,
  SymbolNode,
  TextNode,
  ViewNode,
} from "../../src/protocol/closure_record.ts";
import type { PackageSource } from "./package_source.ts";

/** An empty namespace object. */
export function namespaceShell(): object {
  return Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
}

/** A `node:` module, or something in it. */
export function reviveModule(node: ModuleNode): unknown {
  const module: unknown = process.getBuiltinModule(node.specifier);
  if (!node.namespace) {
    const path = [node.specifier, ...node.path];
    return required(walkPath(module, node.path), path);
  }
  const names = { ...required(module, [node.specifier]) };
  return Object.assign(namespaceShell(), names, { default: module });
}

/** What stands for `import()` in the functions of one script. */
export function reviveImporter(
  { specifiers, modules }: ImporterNode,
  packages: PackageSource,
): (specifier: unknown) => Promise<unknown> {
  return async (specifier) => {
    const named = specifiers.indexOf(String(specifier));
    const module = modules[named] ?? String(specifier);
    return module.startsWith("node:")
      ? await import(module)
      : await packages.import(module);
  };
}

/** A symbol; a unique one is new. */
export function reviveSymbol(node: SymbolNode): symbol {
  if (node.key !== undefined) return Symbol.for(node.key);
  if (node.wellKnown === undefined) return Symbol(node.description);
  const symbol: unknown = Reflect.get(Symbol, node.wellKnown);
  return typeof symbol === "symbol"
    ? symbol
    : required(undefined, ["Symbol", node.wellKnown]);
}

/** A string with lone surrogates. */
export function reviveText(node: TextNode): string {
  const { buffer, byteOffset, byteLength } = node.units;
  const view = new DataView(buffer, byteOffset, byteLength);
  let text = "";
  for (let i = 0; i + 1 < byteLength; i += 2) {
    text += String.fromCharCode(view.getUint16(i, true));
  }
  return text;
}

/** An `ArrayBuffer` of its own, resizable where `limit` is given. */
export function reviveBuffer(bytes: Uint8Array, limit?: number): ArrayBuffer {
  const buffer = new ArrayBuffer(
    bytes.byteLength,
    limit === undefined ? undefined : { maxByteLength: limit },
  );
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

/** A typed array, `DataView` or `Buffer` over a revived buffer. */
export function reviveView(node: ViewNode, buffer: unknown): object {
  if (!(buffer instanceof ArrayBuffer)) return required(undefined, [node.type]);
  if (node.type === "Buffer") {
    return Buffer.from(buffer, node.offset, node.length);
  }
  const type: unknown = Reflect.get(globalThis, node.type);
  return typeof type === "function"
    ? Reflect.construct(type, [buffer, node.offset, node.length])
    : required(undefined, [node.type]);
}

/**
 * What a worker's runtime must have.
 *
 * @throws ProtocolError BUILTIN_MISSING where it is neither object nor function
 */
export function required<T>(
  value: T | null | undefined,
  path: readonly string[],
): T & object {
  if (typeof value === "object" && value !== null) return value;
  if (typeof value === "function") return value;
  throw new ProtocolError(
    "BUILTIN_MISSING",
    `Cannot revive "${
      path.join(".")
    }": this worker's runtime does not have it; use the driver's version of the runtime`,
    { path: path.join(".") },
  );
}
