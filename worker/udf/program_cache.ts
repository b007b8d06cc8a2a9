/**
 * Programs that were compiled from our own text, kept from task to task. Each
 * is kept for one text of the functions that it calls too: V8 puts a function
 * in the place of its call where it sees always the same.
 */
export class ProgramCache {
  readonly #programs = new Map<string, unknown>();

  /**
   * The function that a text makes.
   *
   * @param code the body of a function with these parameters; no user's text is in it
   * @param parameters their names
   * @param functions the functions that it will call
   */
  compile(
    code: string,
    parameters: readonly string[],
    functions: readonly unknown[],
  ): unknown {
    const key = [code, ...functions.map(sourceOf)].join("\0");
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    const program = new Function(...parameters, code);
    this.#programs.set(key, program);
    return program;
  }
}

function sourceOf(f: unknown): string {
  return typeof f === "function" ? Function.prototype.toString.call(f) : "";
}
