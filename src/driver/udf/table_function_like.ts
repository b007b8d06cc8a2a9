import type { SessionState } from "../sql/session_state.ts";

/** Where a table function keeps how it is registered; not exported to users. */
export const REGISTER: unique symbol = Symbol("tspark.udtf");

/** A table function, as `udtf` makes them. */
export interface TableFunctionLike {
  /**
   * Registers it under a name in a session.
   *
   * @internal
   */
  readonly [REGISTER]: (session: SessionState, name: string) => Promise<void>;
}
