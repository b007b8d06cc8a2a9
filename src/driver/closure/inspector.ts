/**
 * The engine's own view of a function: where it was written and which
 * variables it closes over.
 *
 * @module
 */

import { Session } from "node:inspector";
import { ClosureError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { isObject } from "./builtin_table.ts";
import {
  type Answer,
  primitiveOf,
  record,
  records,
  remoteId,
} from "./inspector_answer.ts";
import type {
  AnyFunction,
  BoundParts,
  FunctionFacts,
  FunctionPlace,
  LoadedText,
  Script,
} from "./function_facts.ts";
import { HeapReceivers } from "./heap_receivers.ts";
import type { WeakEntry } from "./weak_collections.ts";
import { ScopeCopy } from "./scope_copy.ts";
import {
  type ScriptText,
  startOfFunction,
  toScriptText,
} from "./script_text.ts";

/** Asks the engine about functions of this program, over one inspector session. */
export class Inspector implements Disposable {
  #session: Session | null = null;
  #started: Promise<string> | null = null;
  readonly #scripts = new Map<string, Script>();
  readonly #texts = new Map<string, Promise<ScriptText>>();
  readonly #places = new WeakMap<AnyFunction, FunctionPlace>();
  #heap: HeapReceivers | null = null;
  readonly #receivers = new WeakMap<AnyFunction, object>();
  /** What the engine hands over, by batch. Reachable for the session alone. */
  readonly #batches = new Map<number, Batch>();
  #batchCount = 0;
  #isEnded = false;

  /** Where a function was written, if that was asked before. */
  knownPlace(value: AnyFunction): FunctionPlace | undefined {
    return this.#places.get(value);
  }

  /** Keeps a place that was found without the engine. */
  learnPlace(value: AnyFunction, place: FunctionPlace): void {
    this.#places.set(value, place);
  }

  /** Every script that the engine has loaded so far. */
  scripts(): Iterable<Script> {
    return this.#scripts.values();
  }

  /** The text of a script that the engine has loaded; null where it knows of none. */
  async textOf(url: string): Promise<LoadedText | null> {
    const script = this.#scripts.values().find((known) => known.url === url);
    return script === undefined
      ? null
      : { script, text: await this.scriptText(script) };
  }

  /**
   * Reads places and variables, all functions in a few round trips. Nothing of
   * it stays behind in the engine.
   *
   * @throws ClosureError INSPECTOR_UNAVAILABLE where the engine does not answer
   */
  async inspect(functions: readonly AnyFunction[]): Promise<FunctionFacts[]> {
    const facts: FunctionFacts[] = [];
    for (let at = 0; at < functions.length; at += BATCH_SIZE) {
      facts.push(...await this.#inspect(functions.slice(at, at + BATCH_SIZE)));
    }
    return facts;
  }

  /** Ends the session; the inspector cannot be used any more. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    this.#session?.disconnect();
    this.#session = null;
  }

  /**
   * Reads the `this` that arrow functions take from around them. It takes a
   * snapshot of the whole heap, so seconds, and is asked where nothing else helps.
   *
   * @returns only those whose `this` is an object; none at all where the heap is too large
   */
  async receiversOf(
    functions: readonly AnyFunction[],
  ): Promise<ReadonlyMap<AnyFunction, object>> {
    const unknown = functions.filter((value) => !this.#receivers.has(value));
    if (unknown.length > 0) {
      await this.#ask(unknown, (batch) => {
        for (const [index, value] of unknown.entries()) {
          const receiver = batch.internal[index]?.[RECEIVER];
          if (isObject(receiver)) this.#receivers.set(value, receiver);
        }
        return Promise.resolve();
      }, (ids, group) => this.#remoteReceivers(ids, group));
    }
    return new Map(
      functions.flatMap((value) => {
        const receiver = this.#receivers.get(value);
        return receiver === undefined ? [] : [[value, receiver] as const];
      }),
    );
  }

  /** Lets a snapshot go that {@linkcode receiversOf} has taken. */
  async forgetHeap(): Promise<void> {
    await this.#heap?.forget();
  }

  /** Reads what weak collections hold now. */
  async entriesOf(collections: readonly object[]): Promise<WeakEntry[][]> {
    return await this.#ask(collections, (batch) =>
      Promise.resolve(
        collections.map((_, index) => {
          const entries = batch.internal[index]?.["[[Entries]]"];
          return Array.isArray(entries) ? entries : [];
        }),
      ));
  }

  async #inspect(
    functions: readonly AnyFunction[],
  ): Promise<FunctionFacts[]> {
    return await this.#ask(functions, (batch, answers) =>
      Promise.all(
        functions.map((value, index) =>
          this.#facts(value, answers[index], batch, index)
        ),
      ));
  }

  /** Asks for the internal properties of objects, and lets them be read before they are given back. */
  async #ask<T>(
    objects: readonly object[],
    read: (batch: Batch, answers: readonly Answer[]) => Promise<T>,
    findMore: (ids: readonly string[], group: string) => Promise<Handed[]> =
      () => Promise.resolve([]),
  ): Promise<T> {
    const holder = await (this.#started ??= this.#start());
    const number = this.#batchCount++;
    const batch: Batch = { objects, scopes: [], internal: [] };
    await outsideOfInspector();
    const group = `tspark-${number}`;
    this.#batches.set(number, batch);
    try {
      const ids = await this.#remoteObjects(holder, number, group);
      const answers = await Promise.all(
        ids.map((objectId) =>
          this.#post("Runtime.getProperties", {
            objectId,
            ownProperties: true,
            nonIndexedPropertiesOnly: true,
          })
        ),
      );
      const handed: Handed[] = answers.flatMap((answer, index) =>
        internalObjects(answer).map((object) => ({ ...object, index }))
      );
      handed.push(...await findMore(ids, group));
      // One call for all: the engine compiles its text anew each time.
      await this.#post("Runtime.callFunctionOn", {
        objectId: holder,
        functionDeclaration: HAND_OVER,
        arguments: [
          { value: number },
          ...handed.flatMap(({ name, objectId, index }) => [
            { value: index },
            { value: name },
            { objectId },
          ]),
        ],
        objectGroup: group,
        silent: true,
      });
      return await read(batch, answers);
    } finally {
      this.#batches.delete(number);
      await this.#post("Runtime.releaseObjectGroup", { objectGroup: group });
    }
  }

  async #remoteReceivers(
    ids: readonly string[],
    group: string,
  ): Promise<Handed[]> {
    const heap = this.#heap ??= new HeapReceivers(
      this.#session ?? unavailable(SESSION_ENDED),
      (method, parameters) => this.#post(method, parameters),
    );
    const found = await heap.find(ids, group);
    return found.flatMap((objectId, index) =>
      objectId === null ? [] : [{ name: RECEIVER, objectId, index }]
    );
  }

  async #start(): Promise<string> {
    if (this.#isEnded) unavailable(SESSION_ENDED);
    await outsideOfInspector();
    const session = new Session();
    session.connect();
    this.#session = session;
    session.on("Debugger.scriptParsed", (message: unknown) => {
      const script = toScript(message);
      // Every text that is evaluated makes an event; only files are asked for later.
      if (script.url !== "") this.#scripts.set(script.id, script);
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

  async #remoteObjects(
    holder: string,
    number: number,
    group: string,
  ): Promise<string[]> {
    const list = await this.#post("Runtime.callFunctionOn", {
      objectId: holder,
      functionDeclaration: "function (n) { return this.get(n).objects }",
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
        remoteId(property.value) ?? unavailable("an object has no handle")
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
    const script = this.#script(at.scriptId);
    const internal = batch.internal[index];
    return {
      place: this.#places.get(value) ??
        (script === undefined ? null : await this.#place(value, script, at)),
      scopes: (batch.scopes[index] ?? []).map(({ description, object }) =>
        new ScopeCopy(description, object)
      ),
      bound: internal === undefined ? null : boundParts(internal, answer),
    };
  }

  /** The engine's location lies somewhere within the function: its first character is looked for. */
  async #place(
    value: AnyFunction,
    script: Script,
    at: Answer,
  ): Promise<FunctionPlace> {
    const text = await this.scriptText(script);
    const start = startOfFunction(
      text,
      Function.prototype.toString.call(value),
      Number(at.lineNumber),
      Number(at.columnNumber),
    );
    const place = {
      script,
      ...start,
      strict: text.strict || script.isModule,
      text,
    };
    this.#places.set(value, place);
    return place;
  }

  /** A text that was typed in has no address, and no event is kept of it. */
  #script(id: unknown): Script | undefined {
    if (typeof id !== "string") return undefined;
    let script = this.#scripts.get(id);
    if (script === undefined) {
      script = { id, url: TYPED_IN, isModule: false, sourceMapUrl: "" };
      this.#scripts.set(id, script);
    }
    return script;
  }

  /** The text of a script. */
  scriptText(script: Script): Promise<ScriptText> {
    let text = this.#texts.get(script.id);
    if (text === undefined) {
      text = this.#post("Debugger.getScriptSource", { scriptId: script.id })
        .then((answer) => toScriptText(String(answer.scriptSource)));
      this.#texts.set(script.id, text);
    }
    return text;
  }

  #post(method: string, parameters: object): Promise<Answer> {
    const session = this.#session ?? unavailable(SESSION_ENDED);
    return new Promise((resolve, reject) => {
      session.post(method, parameters, (error: unknown, result: unknown) => {
        if (error === null || error === undefined) resolve(record(result));
        else reject(inspectorError(String(record(error).message ?? error)));
      });
    });
  }
}

/** An object of the engine's on its way to the program. */
interface Handed {
  /** Of the internal property that it is. */
  readonly name: string;
  readonly objectId: string;
  /** Of the object that was asked about. */
  readonly index: number;
}

interface Batch {
  readonly objects: readonly object[];
  readonly scopes: (readonly HandedScope[] | undefined)[];
  /** The other internal properties, by their names. */
  readonly internal: (Record<string, unknown> | undefined)[];
}

/** A scope as the engine hands it over. */
interface HandedScope {
  readonly description: string;
  readonly object: object;
}

/** Name of scripts without address, such as what is typed into a REPL. */
const TYPED_IN = "<anonymous>";

/**
 * A REPL and a notebook run the user's text by the inspector, and Deno 2.9
 * panics when a session posts from within another's call: the question is put
 * in a task of its own there.
 */
async function outsideOfInspector(): Promise<void> {
  if (!INTERACTIVE.test(platform.mainModule() ?? "")) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
}

const INTERACTIVE = /\$deno\$(?:repl|jupyter|eval)/;

const RECEIVER = "[[This]]";

/** Functions in one question: the answers for all of them are held at once. */
const BATCH_SIZE = 1000;

/**
 * Runs in the engine's service with the batches as `this`: takes index, name
 * and internal object in turn. A list of scopes is a bare array.
 */
const HAND_OVER = `function (number, ...handed) {
  const batch = this.get(number);
  for (let at = 0; at < handed.length; at += 3) {
    const index = handed[at], name = handed[at + 1], object = handed[at + 2];
    if (name !== "[[Scopes]]") {
      (batch.internal[index] ??= {})[name] = name !== "[[Entries]]" ? object
        : Array.from(object, (entry) =>
          "key" in entry ? [entry.key, entry.value] : [entry.value]);
      continue;
    }
    const scopes = batch.scopes[index] = [];
    for (let i = 0; i < object.length; i++) {
      const { description, object: copy } = object[i];
      scopes.push({ description, object: copy });
    }
  }
}`;

const HANDED_OVER: ReadonlySet<unknown> = new Set([
  "[[Scopes]]",
  "[[TargetFunction]]",
  "[[BoundThis]]",
  "[[BoundArgs]]",
  "[[Entries]]",
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

function toScript(message: unknown): Script {
  const parameters = record(record(message).params);
  return {
    id: String(parameters.scriptId),
    url: String(parameters.url),
    isModule: parameters.isModule === true,
    sourceMapUrl: String(parameters.sourceMapURL ?? ""),
  };
}

const SESSION_ENDED = "the session was ended";

function unavailable(why: string): never {
  throw inspectorError(why);
}

function inspectorError(why: string): ClosureError {
  return new ClosureError(
    "INSPECTOR_UNAVAILABLE",
    `Cannot inspect a function: the engine answered "${why}"; capture functions before the application stops, and run it without another debugger`,
    { why },
  );
}
