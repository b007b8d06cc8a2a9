import type { StreamingQueryListener } from "./streaming_query_listener.ts";

/** Ends that a listener is told. */
type Remove = () => Promise<void>;

/** The listeners of one session, and how each is told no more. */
export class ListenerRegistry {
  readonly #added = new Map<StreamingQueryListener, Promise<Remove>[]>();

  /**
   * Adds a listener; one that is there already is told once more, as in Spark.
   *
   * @param listener the program's
   * @param add has it told of the session's queries
   */
  async add(
    listener: StreamingQueryListener,
    add: () => Promise<Remove>,
  ): Promise<void> {
    const adding = add();
    this.#added.set(listener, [...this.#added.get(listener) ?? [], adding]);
    try {
      await adding;
    } catch (error) {
      const others = this.#added.get(listener)?.filter((one) => one !== adding);
      if (others?.length) this.#added.set(listener, others);
      else this.#added.delete(listener);
      throw error;
    }
  }

  /** Ends all that {@link ListenerRegistry.add} began for a listener, also where that is still under way. */
  async remove(listener: StreamingQueryListener): Promise<void> {
    const added = this.#added.get(listener) ?? [];
    this.#added.delete(listener);
    for (const one of await Promise.allSettled(added)) {
      if (one.status === "fulfilled") await one.value();
    }
  }
}
