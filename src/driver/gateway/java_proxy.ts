/**
 * An object of this program that the JVM may call as a Java object of some
 * interfaces: `Gateway.proxy` makes it, and it can stand as an argument. It is
 * forgotten when the JVM has collected what it was handed for, or at
 * {@link JavaProxy.release}.
 */
export class JavaProxy implements Disposable {
  /** Full names of the interfaces. */
  readonly interfaces: readonly string[];
  readonly #register: () => string;
  readonly #release: () => void;

  /**
   * A proxy; `Gateway.proxy` makes them.
   *
   * @param interfaces full names of the interfaces
   * @param register makes an id for the JVM
   * @param release forgets all ids that were made
   */
  constructor(
    interfaces: readonly string[],
    register: () => string,
    release: () => void,
  ) {
    this.interfaces = interfaces;
    this.#register = register;
    this.#release = release;
  }

  /**
   * What stands for it in a command, each time under another id, since the JVM
   * makes another object of it and collects each by itself.
   *
   * Peer: `py4j.Protocol.getPythonProxy`.
   */
  reference(): string {
    return `f${[this.#register(), ...this.interfaces].join(";")}`;
  }

  /** Ends it: the JVM's calls fail from now on. */
  release(): void {
    this.#release();
  }

  /** As {@link JavaProxy.release}. */
  [Symbol.dispose](): void {
    this.#release();
  }
}
