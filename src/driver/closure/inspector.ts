/**
 * The engine's own view of a function: where it was written and which
 * variables it closes over.
 *
 * @module
 */

import { Session } from "node:inspector";
import { ClosureError } from "../../common/errors.ts";

/** A function or a class; never called here. */
// deno-lint-ignore ban-types -- classes and functions alike, by identity
export type AnyFunction = Function;

/** A script that the engine has loaded. */
export interface Script {
  /** The engine's name for it. */
  readonly id: string;
  /** Address that it was loaded from. */
  readonly url: string;
  /** Whether it is a module, and strict for that. */
  readonly isModule: boolean;
  /** Address or data of its source map; empty where the engine knows of none. */
  readonly sourceMapUrl: string;
}

/** Where a function was written, in the text that the engine has loaded. */
export interface FunctionPlace {
  readonly script: Script;
  /** Line of the function's first character, from 0. */
  readonly line: number;
  /** Column of it, from 0. */
  readonly column: number;
  /** Whether it runs in strict mode because its script does. */
  readonly strict: boolean;
  /** The platform's modules that its script names, such as `"node:path"`. */
  readonly platformModules: readonly string[];
}

/** Variables of one scope, as they are now. */
export interface ScopeCopy {
  /** Such as `"Module"`, `"Closure (outer)"`, `"Global"`. */
  readonly description: string;
  /** A copy of the variables, but for the global scope, which is itself. */
  readonly object: Record<string, unknown>;
}

/** What `bind` was given. */
export interface BoundParts {
  readonly target: unknown;
  readonly self: unknown;
  readonly arguments: readonly unknown[];
}

/** Everything that the engine tells of one function. */
export interface FunctionFacts {
  /** Null for native functions. */
  readonly place: FunctionPlace | null;
  /** From the innermost to the global one. */
  readonly scopes: readonly ScopeCopy[];
  /** Set for a bound function. */
  readonly bound: BoundParts | null;
}

/** Asks the engine about functions of this program, over one inspector session. */
export class Inspector implements Disposable {
  #session: Session | null = null;
  #started: Promise<string> | null = null;
  readonly #scripts = new Map<string, Script>();
  readonly #texts = new Map<string, Promise<ScriptText>>();
  readonly #places = new WeakMap<AnyFunction, FunctionPlace>();
  /** What the engine hands over, by batch. Reachable for the session alone. */
  readonly #batches = new Map<number, Batch>();
  #batchCount = 0;

  /** Where a function was written, if that was asked before. */
  knownPlace(value: AnyFunction): FunctionPlace | undefined {
    return this.#places.get(value);
  }

  /** Every script that the engine has loaded so far. */
  scripts(): Iterable<Script> {
    return this.#scripts.values();
  }

  /**
   * Reads places and variables, all functions in a few round trips. Nothing of
   * it stays behind in the engine.
   *
   * @throws ClosureError INSPECTOR_UNAVAILABLE where the engine does not answer
   */
  async inspect(functions: readonly AnyFunction[]): Promise<FunctionFacts[]> {
    const holder = await (this.#started ??= this.#start());
    const number = this.#batchCount++;
    const batch: Batch = { functions, scopes: [], bound: [] };
    const group = `tspark-${number}`;
    this.#batches.set(number, batch);
    try {
      const ids = await this.#remoteFunctions(holder, number, group);
      const answers = await Promise.all(
        ids.map((objectId) =>
          this.#post("Runtime.getProperties", {
            objectId,
            ownProperties: true,
            nonIndexedPropertiesOnly: true,
          })
        ),
      );
      await Promise.all(
        answers.flatMap((answer, index) =>
          internalObjects(answer).map(({ name, objectId }) =>
            this.#post("Runtime.callFunctionOn", {
              objectId,
              functionDeclaration: HAND_OVER,
              arguments: [
                { objectId: holder },
                { value: number },
                { value: index },
                { value: name },
              ],
              objectGroup: group,
              silent: true,
            })
          )
        ),
      );
      return await Promise.all(
        functions.map((value, index) =>
          this.#facts(value, answers[index], batch, index)
        ),
      );
    } finally {
      this.#batches.delete(number);
      await this.#post("Runtime.releaseObjectGroup", { objectGroup: group });
    }
  }

  /** Ends the session. */
  [Symbol.dispose](): void {
    this.#session?.disconnect();
    this.#session = null;
    this.#started = null;
  }

  async #start(): Promise<string> {
    const session = new Session();
    session.connect();
    this.#session = session;
    session.on("Debugger.scriptParsed", (message: unknown) => {
      const script = toScript(message);
      this.#scripts.set(script.id, script);
    });
    // The place of functions and their scopes are answered only while the
    // debugger is on; it must never stop the program for that.
    await this.#post("Debugger.enable", {});
    await this.#post("Debugger.setSkipAllPauses", { skip: true });
    const key = `tspark.${crypto.randomUUID()}`;
    Reflect.set(globalThis, key, this.#batches);
    try {
      const answer = await this.#post("Runtime.evaluate", {
        expression: `globalThis[${JSON.stringify(key)}]`,
        objectGroup: "tspark-session",
      });
      return remoteId(answer.result) ?? unavailable("no handle was given");
    } finally {
      Reflect.deleteProperty(globalThis, key);
    }
  }

  async #remoteFunctions(
    holder: string,
    number: number,
    group: string,
  ): Promise<string[]> {
    const list = await this.#post("Runtime.callFunctionOn", {
      objectId: holder,
      functionDeclaration: "function (n) { return this.get(n).functions }",
      arguments: [{ value: number }],
      objectGroup: group,
      silent: true,
    });
    const answer = await this.#post("Runtime.getProperties", {
      objectId: remoteId(list.result) ?? unavailable("no list was given"),
      ownProperties: true,
    });
    return records(answer.result)
      .filter((property) => /^\d+$/.test(String(property.name)))
      .map((property) =>
        remoteId(property.value) ?? unavailable("a function has no handle")
      );
  }

  async #facts(
    value: AnyFunction,
    answer: Answer | undefined,
    batch: Batch,
    index: number,
  ): Promise<FunctionFacts> {
    const location = records(answer?.internalProperties)
      .find((property) => property.name === "[[FunctionLocation]]");
    const at = record(record(location?.value).value);
    const script = this.#scripts.get(String(at.scriptId));
    const bound = batch.bound[index];
    return {
      place: this.#places.get(value) ??
        (script === undefined ? null : await this.#place(value, script, at)),
      scopes: batch.scopes[index] ?? [],
      bound: bound === undefined ? null : boundParts(bound, answer),
    };
  }

  /** The engine's location lies somewhere within the function: its first character is looked for. */
  async #place(
    value: AnyFunction,
    script: Script,
    at: Answer,
  ): Promise<FunctionPlace> {
    const { text, lines, strict, platformModules } = await this.#text(script);
    const offset = (lines[Number(at.lineNumber)] ?? 0) +
      Number(at.columnNumber);
    const source = Function.prototype.toString.call(value);
    const found = text.lastIndexOf(source, offset);
    const start = found >= 0 && found + source.length >= offset
      ? found
      : offset;
    const line = lastNotAbove(lines, start);
    const place = {
      script,
      line,
      column: start - (lines[line] ?? 0),
      strict: strict || script.isModule,
      platformModules,
    };
    this.#places.set(value, place);
    return place;
  }

  #text(script: Script): Promise<ScriptText> {
    let text = this.#texts.get(script.id);
    if (text === undefined) {
      text = this.#post("Debugger.getScriptSource", { scriptId: script.id })
        .then((answer) => toScriptText(String(answer.scriptSource)));
      this.#texts.set(script.id, text);
    }
    return text;
  }

  #post(method: string, parameters: object): Promise<Answer> {
    const session = this.#session ?? unavailable("the application was stopped");
    return new Promise((resolve, reject) => {
      session.post(method, parameters, (error: unknown, result: unknown) => {
        if (error === null || error === undefined) resolve(record(result));
        else reject(inspectorError(String(record(error).message ?? error)));
      });
    });
  }
}

interface Batch {
  readonly functions: readonly AnyFunction[];
  readonly scopes: (readonly ScopeCopy[] | undefined)[];
  readonly bound: (Record<string, unknown> | undefined)[];
}

type Answer = Readonly<Record<string, unknown>>;

interface ScriptText {
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lines: readonly number[];
  readonly strict: boolean;
  readonly platformModules: readonly string[];
}

/**
 * Runs in the engine's service with an internal object as `this`: the list of
 * scopes, or a part of a bound function. The list is a bare array.
 */
const HAND_OVER = `function (batches, number, index, name) {
  const batch = batches.get(number);
  if (name === "[[Scopes]]") {
    const scopes = batch.scopes[index] = [];
    for (let i = 0; i < this.length; i++) {
      scopes.push({ description: this[i].description, object: this[i].object });
    }
  } else {
    (batch.bound[index] ??= {})[name] = this;
  }
}`;

const HANDED_OVER: ReadonlySet<unknown> = new Set([
  "[[Scopes]]",
  "[[TargetFunction]]",
  "[[BoundThis]]",
  "[[BoundArgs]]",
]);

function internalObjects(
  answer: Answer,
): { name: string; objectId: string }[] {
  return records(answer.internalProperties).flatMap((property) => {
    const objectId = remoteId(property.value);
    return HANDED_OVER.has(property.name) && objectId !== undefined
      ? [{ name: String(property.name), objectId }]
      : [];
  });
}

function boundParts(
  parts: Record<string, unknown>,
  answer: Answer | undefined,
): BoundParts {
  const self = records(answer?.internalProperties)
    .find((property) => property.name === "[[BoundThis]]");
  const list = parts["[[BoundArgs]]"];
  return {
    target: parts["[[TargetFunction]]"],
    self: "[[BoundThis]]" in parts
      ? parts["[[BoundThis]]"]
      : primitiveOf(record(self?.value)),
    arguments: Array.isArray(list) ? Array.from(list) : [],
  };
}

/** A primitive as the protocol writes it: numbers that JSON lacks and bigint by text. */
function primitiveOf(remote: Answer): unknown {
  const text = remote.unserializableValue;
  if (typeof text !== "string") return remote.value;
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
}

function toScript(message: unknown): Script {
  const parameters = record(record(message).params);
  return {
    id: String(parameters.scriptId),
    url: String(parameters.url),
    isModule: parameters.isModule === true,
    sourceMapUrl: String(parameters.sourceMapURL ?? ""),
  };
}

function toScriptText(text: string): ScriptText {
  const lines = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines.push(at + 1);
  }
  const strict =
    /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|#![^\n]*\n)*["']use strict["']/
      .test(text);
  const named = Array.from(text.matchAll(MODULE_NAMES), (match) => match[1]);
  const platformModules = new Set(named.filter((name) => name !== undefined));
  return { text, lines, strict, platformModules: [...platformModules] };
}

const MODULE_NAMES = /["'](node:[\w/]+)["']/g;

/** Index of the last number that is not above the wanted one, in an ascending list that starts with 0. */
function lastNotAbove(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return low;
}

function remoteId(value: unknown): string | undefined {
  const id = record(value).objectId;
  return typeof id === "string" ? id : undefined;
}

function record(value: unknown): Answer {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function records(value: unknown): Answer[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function unavailable(why: string): never {
  throw inspectorError(why);
}

function inspectorError(why: string): ClosureError {
  return new ClosureError(
    "INSPECTOR_UNAVAILABLE",
    `Cannot inspect a function: the engine answered "${why}"; run the program without another debugger`,
    { why },
  );
}
