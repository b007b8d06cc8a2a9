/**
 * Closure records to live functions. Beside this file only `package_store.ts`
 * evaluates source text of others.
 *
 * @module
 */

import { constants, Script } from "node:vm";
import {
  type ClosureCode,
  type ClosureRecord,
  REVIVED_SCHEME,
  type SharedReference,
} from "../../src/protocol/closure_record.ts";
import type { PackageSource } from "./package_source.ts";
import { NO_PACKAGES } from "./package_store.ts";
import { type FunctionFactory, NodeReviver } from "./revive_nodes.ts";

/**
 * Revives records. Compiled code is kept by content, so a second task with the
 * same functions compiles nothing; values are new at each call.
 */
export class ClosureReviver {
  readonly #factories = new Map<string, FunctionFactory>();

  /**
   * @param record as it was captured
   * @param shared gives this worker's own broadcast or accumulator
   * @param packages gives what packages export
   * @returns the roots, in the order of the capture
   */
  revive(
    record: ClosureRecord,
    shared: (reference: SharedReference) => unknown,
    packages: PackageSource = NO_PACKAGES,
  ): unknown[] {
    const factories = record.codes.map((code) => this.#factory(code));
    const reviver = new NodeReviver(record, factories, shared, packages);
    return record.roots.map((root) => reviver.value(root));
  }

  #factory(code: ClosureCode): FunctionFactory {
    const key = [
      code.url,
      code.line,
      code.column,
      code.form,
      code.strict,
      code.names.join(),
      code.source,
    ].join("\0");
    let factory = this.#factories.get(key);
    if (factory === undefined) {
      factory = compile(code);
      this.#factories.set(key, factory);
    }
    return factory;
  }
}

/**
 * Compiles a code to a function that makes a fresh closure at each call: a
 * setter for the captured names, which may be late for the sake of cycles, and
 * a maker of the function itself. The names are ordinary variables of the
 * closure, never properties of a `with` object, which V8 does not optimize.
 *
 * The text begins at its old line and column, so that stacks tell the place in
 * the script that the driver had loaded.
 */
function compile(code: ClosureCode): FunctionFactory {
  const setter = code.names
    .map((name, index) => `${name}=${VALUES}[${index}];`).join("");
  const [open, close] = code.form === "member" ? ["({", "})"] : ["(", ")"];
  const head = `(function(${code.names.join()}){` +
    (code.strict ? '"use strict";' : "") +
    `return{set:(${VALUES})=>{${setter}},make:()=>${open}`;
  const { text, lineOffset, columnOffset } = placed(code, head);
  const script = new Script(text(`${close}}})`), {
    filename: REVIVED_SCHEME + code.url,
    lineOffset,
    columnOffset,
    // The only modules that a captured function may import are the platform's.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext();
}

/** What is compiled, so that the text begins at its old place, and where that begins itself. */
function placed(
  { source, line, column, map }: ClosureCode,
  head: string,
): {
  readonly text: (tail: string) => string;
  readonly lineOffset: number;
  readonly columnOffset: number;
} {
  if (map === undefined) {
    return {
      text: (tail) => head + source + tail,
      lineOffset: line,
      columnOffset: column - head.length,
    };
  }
  // A map counts from the script's own start.
  const begin = `${head}\n${" ".repeat(column)}${source}`;
  return {
    text: (tail) =>
      `${begin}${tail}\n//# sourceMappingURL=data:application/json;base64,${map}`,
    lineOffset: line - 1,
    columnOffset: 0,
  };
}

/** The setter's parameter; no program has this name. */
const VALUES = "tspark$values";
