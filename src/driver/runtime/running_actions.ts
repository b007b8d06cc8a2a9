import { AsyncLocalStorage } from "node:async_hooks";
import { closestName } from "../../common/closest_name.ts";
import { describeValue } from "../../common/describe_value.ts";
import type { ActionOptions } from "./action_options.ts";
import { type CallSite, describeSite } from "./call_site.ts";

/** An action that is under way. */
export interface RunningAction {
  /** What the program wrote, and where. */
  readonly operation: string;
  /** When it began, in milliseconds since 1970. */
  readonly startTime: number;
  /** How many rows have passed between the program and the JVM; left out before the first. */
  readonly passed?: PassedRows;
}

/** Rows of an action that have passed between the program and the JVM so far. */
export interface PassedRows {
  readonly rows: number;
  readonly way: "sent" | "received";
}

/**
 * The actions that are under way, and the signal of those that the program
 * gave none: where somebody sits at a prompt, Ctrl-C aborts it.
 */
export class RunningActions {
  readonly #onEnd = new Set<() => void>();
  readonly #running = new Set<RunningAction>();
  readonly #current = new AsyncLocalStorage<
    { -readonly [K in keyof RunningAction]: RunningAction[K] }
  >();
  #controller: AbortController | null = null;

  /** Whether an action is under way. */
  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** The action that has been under way for longest; null without one. */
  get oldest(): RunningAction | null {
    const [first = null] = this.#running;
    return first;
  }

  /** Has a listener called as each action ends, and whenever else the program goes on, before it does. */
  onEnd(listener: () => void): void {
    this.#onEnd.add(listener);
  }

  /** Says that the program goes on, other than from an action. */
  programContinues(): void {
    for (const listener of this.#onEnd) listener();
  }

  /** Makes actions from now on end by {@link RunningActions.interrupt}. */
  makeInterruptible(): void {
    this.#controller = new AbortController();
  }

  /** Ends the actions that are under way: they throw the reason. */
  interrupt(reason: unknown): void {
    const controller = this.#controller;
    this.#controller = new AbortController();
    controller?.abort(reason);
  }

  /**
   * The signal that ends an action: the program's own, else the one of interruptions.
   *
   * @throws TypeError for a misspelt option, and for what is no signal
   */
  signalOf(options: ActionOptions): AbortSignal | undefined {
    checkSignal(options);
    return options.signal ?? this.#controller?.signal;
  }

  /** Counts rows of the action that this chain of calls is of, for who waits for it. */
  pass(rows: number, way: PassedRows["way"]): void {
    const action = this.#current.getStore();
    if (action === undefined) return;
    action.passed = { rows: (action.passed?.rows ?? 0) + rows, way };
  }

  /** Runs an action, which is under way for as long. */
  async during<T>(site: CallSite, body: () => Promise<T>): Promise<T> {
    const action = { operation: describeSite(site), startTime: Date.now() };
    this.#running.add(action);
    try {
      return await this.#current.run(action, body);
    } finally {
      this.#running.delete(action);
      this.programContinues();
    }
  }
}

/** Other options are the operation's own. */
function checkSignal(options: ActionOptions): void {
  const { signal }: { readonly signal?: unknown } = options;
  if (signal !== undefined && !isSignal(signal)) {
    throw new TypeError(
      `Cannot run an action with ${
        describeValue(signal)
      } for its signal: give an AbortSignal, such as that of an AbortController`,
    );
  }
  for (const name of Object.keys(options)) {
    if (name === "signal" || closestName(name, ["signal"]) === null) continue;
    throw new TypeError(
      `Cannot run an action with the option "${name}": write "signal"`,
    );
  }
}

/** A program may bring a polyfill of signals. */
function isSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "aborted" in value;
}
