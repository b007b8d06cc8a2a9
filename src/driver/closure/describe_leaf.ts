/**
 * Primitives that need a node of their own, or a name.
 *
 * @module
 */

import { wellKnownName } from "../../protocol/builtin_path.ts";
import type { ClosureNode, SymbolNode } from "../../protocol/closure_record.ts";

/** A text that an encoder would not keep. */
export function describeText(text: string): ClosureNode {
  const units = new Uint8Array(text.length * 2);
  const view = new DataView(units.buffer);
  for (let i = 0; i < text.length; i++) {
    view.setUint16(i * 2, text.charCodeAt(i), true);
  }
  return { kind: "text", units };
}

/** A symbol, however it was made. */
export function describeSymbol(symbol: symbol): SymbolNode {
  const key = Symbol.keyFor(symbol);
  if (key !== undefined) return { kind: "symbol", key };
  const wellKnown = wellKnownName(symbol);
  if (wellKnown !== undefined) return { kind: "symbol", wellKnown };
  const { description } = symbol;
  return description === undefined
    ? { kind: "symbol" }
    : { kind: "symbol", description };
}

/** The name of a number that an encoder would not keep. */
export function specialNumber(
  value: number,
): "NaN" | "Infinity" | "-Infinity" | "-0" {
  if (Number.isNaN(value)) return "NaN";
  if (value === 0) return "-0";
  return value > 0 ? "Infinity" : "-Infinity";
}
