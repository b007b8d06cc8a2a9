import type { SessionState } from "../sql/session_state.ts";
import { REGISTER, type TableFunctionLike } from "./table_function_like.ts";

/** Registers table functions by name, for use in SQL. */
export class UDTFRegistration {
  readonly #session: SessionState;

  /** @internal */
  constructor(session: SessionState) {
    this.#session = session;
  }

  /**
   * Registers a table function for queries under a name.
   *
   * @param name the name in SQL
   * @param f the function, made by `udtf`
   * @returns the function. An error in registering it is thrown by the next
   *   action
   */
  register<T extends TableFunctionLike>(name: string, f: T): T {
    void f[REGISTER](this.#session, name);
    return f;
  }
}
