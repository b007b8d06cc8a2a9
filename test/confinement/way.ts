/**
 * A way out of a confined worker: something that a package which turned bad
 * would try.
 */
export interface Way {
  /** What is tried, as the table names it. */
  readonly name: string;
  /** Whether it is shut, or known to be open, and then why that is borne. */
  readonly known: "shut" | { readonly open: string };
  /**
   * Runs in the worker, by itself: what it names has to travel.
   *
   * @returns what was gained, in words; null when there was nothing to gain
   * @throws what the runtime says when it refuses
   */
  readonly attempt: () => unknown;
}

/** A way that nothing comes of. */
export function shut(name: string, attempt: Way["attempt"]): Way {
  return { name, known: "shut", attempt };
}

/** A way that leads somewhere; why that is borne. */
export function open(
  name: string,
  why: string,
  attempt: Way["attempt"],
): Way {
  return { name, known: { open: why }, attempt };
}
