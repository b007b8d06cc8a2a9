import { AsyncLocalStorage } from "node:async_hooks";
import type { JavaObject } from "./java_object.ts";

interface Scope {
  readonly objects: Set<JavaObject>;
  open: boolean;
}

/** Which Java objects came in which asynchronous chain of calls. */
export class ObjectScopes {
  readonly #current = new AsyncLocalStorage<Scope>();

  /**
   * Runs `body` in a scope of its own.
   *
   * @param body what makes the calls
   * @param release gets, at its end, each object that came and was not kept
   * @returns what `body` returns
   */
  async run<T>(
    body: () => Promise<T>,
    release: (object: JavaObject) => void,
  ): Promise<T> {
    const scope = { objects: new Set<JavaObject>(), open: true };
    try {
      return await this.#current.run(scope, body);
    } finally {
      scope.open = false;
      for (const object of scope.objects) if (!object.kept) release(object);
    }
  }

  /** Notes a new object; nothing outside of scopes, or after the scope's end. */
  add(object: JavaObject): void {
    const scope = this.#current.getStore();
    if (scope?.open) scope.objects.add(object);
  }

  /** Whether an object is released at the end of the current scope. */
  has(object: JavaObject): boolean {
    const scope = this.#current.getStore();
    return !object.kept && scope !== undefined && scope.open &&
      scope.objects.has(object);
  }

  /** Lets go of an object that was released, so that long scopes stay small. */
  delete(object: JavaObject): void {
    this.#current.getStore()?.objects.delete(object);
  }
}
