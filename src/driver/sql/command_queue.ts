import type { JavaObject } from "../gateway/java_object.ts";
import type { CallSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { joinErrors } from "../runtime/several_errors.ts";

/** What runs a queue's commands. */
export type CommandPlace =
  & Pick<SparkRuntime, "command" | "order">
  & { readonly gateway: Pick<SparkRuntime["gateway"], "interruption"> };

/**
 * What a session does in the JVM in the order in which the program wrote it:
 * one command after another, in the background. A command runs even if no
 * action follows.
 */
export class CommandQueue {
  readonly #runtime: CommandPlace;
  readonly #session: () => Promise<JavaObject>;
  readonly #failed: Command<unknown>[] = [];
  readonly #drain = (): Promise<void> => this.drain();
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /**
   * @param runtime the application
   * @param session the JVM's session that commands get
   */
  constructor(runtime: CommandPlace, session: () => Promise<JavaObject>) {
    this.#runtime = runtime;
    this.#session = session;
  }

  /**
   * Runs a command after all that were queued before it; inside of another
   * command, at once. Java objects that it makes are released at its end
   * unless it keeps them.
   *
   * @param site the operation that the program wrote
   * @param body what the command does
   * @returns what `body` returns. Its rejection never counts as unhandled: one
   *   that nobody looked at is thrown by the next {@link CommandQueue.drain}
   */
  enqueue<T>(
    site: CallSite,
    body: (session: JavaObject) => Promise<T>,
  ): Promise<T> {
    const run = (): Promise<T> =>
      this.#runtime.command(
        site,
        async () => await body(await this.#session()),
      );
    if (this.#runtime.order.inCommand) return run();
    const command = new Command<T>((resolve) => resolve(this.#last.then(run)));
    this.#waiting++;
    this.#runtime.order.add(this.#drain);
    this.#last = command.settled().then((succeeded) => {
      this.#waiting--;
      if (!succeeded) this.#failed.push(command);
      this.#leave();
    });
    return command;
  }

  /**
   * Waits for the commands that are queued now; inside of a command, for none.
   *
   * @throws JavaError the failure of a command that nobody looked at
   * @throws SparkError `COMMANDS_FAILED` when there are several
   */
  async drain(): Promise<void> {
    if (this.#runtime.order.inCommand) return;
    await this.#last;
    this.#runtime.gateway.interruption.check(); // an aborted action tells no failures: the next one does
    const errors: unknown[] = [];
    for (const command of this.#failed.splice(0)) {
      if (!command.watched) errors.push(await command.reason());
    }
    this.#leave();
    if (errors.length > 0) throw joinErrors(errors);
  }

  /** Actions need not wait for a queue in which there is nothing to wait for. */
  #leave(): void {
    if (this.#waiting > 0 || this.#failed.length > 0) return;
    this.#runtime.order.delete(this.#drain);
  }
}

/** A command's promise, which knows whether anybody looks at how it ends. */
class Command<T> extends Promise<T> {
  #watched = false;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Whether somebody has waited for it. */
  get watched(): boolean {
    return this.#watched;
  }

  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#watched = true;
    return super.then(onFulfilled, onRejected);
  }

  /** Whether it succeeded, once it has ended; does not count as watching. */
  settled(): Promise<boolean> {
    return super.then(() => true, () => false);
  }

  /** Why it failed; does not count as watching. */
  reason(): Promise<unknown> {
    return super.then(() => undefined, (reason) => reason);
  }
}
