/**
 * Objects that a built-in constructor makes from a few values.
 *
 * @module
 */

import { ProtocolError } from "../../src/common/errors.ts";
import type {
  BuiltType,
  ClosureValue,
} from "../../src/protocol/closure_record.ts";
import { TEMPORAL_NAMES } from "../../src/common/temporal_names.ts";
import { makeTemporal } from "../../src/serde/records/temporal.ts";

/**
 * Makes the object.
 *
 * @param values the constructor's arguments, as `BuiltType` lists them
 * @param complete gives an argument's live value with all that is in it
 * @throws ProtocolError BUILTIN_MISSING where this runtime lacks the constructor
 */
export function reviveBuilt(
  type: BuiltType,
  values: readonly ClosureValue[],
  complete: (value: ClosureValue) => unknown,
): object {
  const live = values.map(complete);
  const text = (index: number): string => String(live[index] ?? "");
  switch (type) {
    case "date":
      return new Date(Number(live[0]));
    case "regexp":
      return new RegExp(text(0), text(1));
    case "url":
      return new URL(text(0));
    case "params":
      return new URLSearchParams(text(0));
    case "boxed":
      return Object(live[0]);
    case "error":
      return reviveError(live[0]);
    case "encoder":
      return new TextEncoder();
    case "decoder":
      return new TextDecoder(text(0), {
        fatal: live[1] === true,
        ignoreBOM: live[2] === true,
      });
    case "intl":
      return construct(Intl, "Intl", text(0), [live[1], live[2]]);
    case "temporal":
      return reviveTemporal(text(0), live.slice(1));
  }
}

function reviveError(stack: unknown): Error {
  const error = new Error();
  Object.defineProperty(error, "stack", {
    value: stack,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return error;
}

function reviveTemporal(name: string, parts: readonly unknown[]): object {
  const known = TEMPORAL_NAMES.find((type) => type === name);
  if (known === undefined || typeof Temporal === "undefined") {
    return missing(`Temporal.${name}`);
  }
  return makeTemporal(known, parts);
}

function construct(
  holder: object,
  holderName: string,
  name: string,
  values: readonly unknown[],
): object {
  const type: unknown = Reflect.get(holder, name);
  return typeof type === "function"
    ? Reflect.construct(type, values)
    : missing(`${holderName}.${name}`);
}

function missing(path: string): never {
  throw new ProtocolError(
    "BUILTIN_MISSING",
    `Cannot revive "${path}": this worker's runtime does not have it; use the driver's version of the runtime`,
    { path },
  );
}
