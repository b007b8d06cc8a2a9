/** What every action takes as its last argument. */
export interface ActionOptions {
  /** Ends the action early: its Spark job is cancelled and its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
