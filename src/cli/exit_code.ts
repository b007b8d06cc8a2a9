/** What `tspark` ends with. `run` and `submit` end with the program's own code once it has started. */
export const EXIT_CODE = {
  /** All went well. */
  ok: 0,
  /** The command could not do its work, or found something wrong. */
  failed: 1,
  /** The command line is not one that `tspark` understands. */
  usage: 2,
  /** Ctrl-C ended it: 128 + the signal's number, as shells tell it. */
  interrupted: 130,
} as const;
