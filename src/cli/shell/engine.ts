import { Session } from "node:inspector";

/** What was typed has thrown: the value, which need not be an error. */
export class Thrown {
  /** @param value what was thrown */
  constructor(readonly value: unknown) {}
}

/** What was typed has given a value. Boxed: a frame may be a promise as well, and nothing here waits for it. */
export interface Given {
  /** What it is. */
  readonly value: unknown;
}

/** The engine's own evaluation, of which the consoles of browsers are made. */
export class Engine {
  readonly #session = new Session();
  #holder: Promise<string> | null = null;
  /** What the engine hands over. */
  #handed: unknown;

  /** Connects to the engine that runs this. */
  constructor() {
    this.#session.connect();
  }

  /**
   * Evaluates code in the scope of all that was evaluated so: with top-level
   * `await`, and with variables that can be declared again.
   */
  async evaluate(code: string): Promise<Given | Thrown> {
    return await this.#evaluate({
      expression: code,
      replMode: true,
      awaitPromise: true,
    });
  }

  /**
   * Declares constants, as if typed.
   *
   * @param values by their names
   */
  async define(values: object): Promise<void> {
    const key = `tspark ${crypto.randomUUID()}`;
    Object.defineProperty(globalThis, key, {
      value: values,
      configurable: true,
    });
    const names = Object.keys(values).join(", ");
    await this.evaluate(
      `const { ${names} } = globalThis[${JSON.stringify(key)}];`,
    );
    Reflect.deleteProperty(globalThis, key);
  }

  /** Evaluates an expression, unless that could change anything; null then, and where it throws. */
  async look(expression: string): Promise<Given | null> {
    const answer = await this.#evaluate({
      expression,
      throwOnSideEffect: true,
      silent: true,
      timeout: LOOK_MS,
    });
    return answer instanceof Thrown ? null : answer;
  }

  /** The names that `let`, `const` and `class` have declared at the prompt. */
  async declaredNames(): Promise<string[]> {
    const answer = await this.#post("Runtime.globalLexicalScopeNames", {});
    const names = answer["names"];
    return Array.isArray(names) ? [...new Set(names.map(String))] : [];
  }

  async #evaluate(parameters: object): Promise<Given | Thrown> {
    const holder = await (this.#holder ??= this.#hold());
    const answer = await this.#post("Runtime.evaluate", {
      ...parameters,
      objectGroup: GROUP,
    });
    const details = answer["exceptionDetails"];
    const thrown = isObject(details) ? details["exception"] : undefined;
    const value = await this.#take(holder, thrown ?? answer["result"]);
    return isObject(details) ? new Thrown(value) : { value };
  }

  /** The value itself that the engine describes. */
  async #take(holder: string, described: unknown): Promise<unknown> {
    if (!isObject(described)) return undefined;
    const { value, unserializableValue, objectId } = described;
    const argument = objectId === undefined
      ? unserializableValue === undefined ? { value } : { unserializableValue }
      : { objectId };
    await this.#post("Runtime.callFunctionOn", {
      objectId: holder,
      functionDeclaration: "function (value) { this(value) }",
      arguments: [argument],
      silent: true,
    });
    await this.#post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    const handed = this.#handed;
    this.#handed = undefined;
    return handed;
  }

  /** Makes the engine know the function that takes what it hands over. */
  async #hold(): Promise<string> {
    const name = `tspark ${crypto.randomUUID()}`;
    const take = (value: unknown): void => {
      this.#handed = value;
    };
    Object.defineProperty(globalThis, name, {
      value: take,
      configurable: true,
    });
    const answer = await this.#post("Runtime.evaluate", {
      expression: `globalThis[${JSON.stringify(name)}]`,
    });
    Reflect.deleteProperty(globalThis, name);
    const { result } = answer;
    return isObject(result) ? String(result["objectId"]) : "";
  }

  #post(method: string, parameters: object): Promise<Answer> {
    const answered = Promise.withResolvers<Answer>();
    this.#session.post(method, parameters, (error, answer) => {
      if (error) answered.reject(error);
      else answered.resolve({ ...answer });
    });
    return answered.promise;
  }
}

type Answer = Readonly<Record<string, unknown>>;

const GROUP = "tspark-shell";
const LOOK_MS = 500; // no longer than somebody waits for a Tab

function isObject(value: unknown): value is Answer {
  return typeof value === "object" && value !== null;
}
