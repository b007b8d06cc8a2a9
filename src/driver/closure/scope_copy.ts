/**
 * The variables of a scope, and reading variables that may not be there yet.
 *
 * @module
 */

/** What reading a variable gave; it never throws. */
export type VariableState =
  | { readonly kind: "value"; readonly value: unknown }
  /** Its declaration has not run yet. */
  | { readonly kind: "uninitialized" }
  /** A getter of the program's own threw. */
  | { readonly kind: "unreadable"; readonly error: unknown };

/** Reads a variable, or an export of a module, whose declaration may not have run yet. */
export function readVariable(holder: object, name: string): VariableState {
  try {
    return { kind: "value", value: Reflect.get(holder, name) };
  } catch (error) {
    // The engine's copies of scopes, namespaces of modules, and the getters
    // that compilers put in the place of exports all throw this.
    return error instanceof ReferenceError
      ? { kind: "uninitialized" }
      : { kind: "unreadable", error };
  }
}

/** Variables of one scope, as they were when the engine copied them. */
export class ScopeCopy {
  /** Such as `"Module"`, `"Closure (outer)"`, `"Global"`. */
  readonly description: string;
  /** Some of its properties throw when they are read, and even when they are described. */
  readonly #variables: object;

  /**
   * Wraps what the engine gave.
   *
   * @param description the engine's name of the scope
   * @param variables a copy of the variables; of the global scope, itself
   */
  constructor(description: string, variables: object) {
    this.description = description;
    this.#variables = variables;
  }

  /** Whether the scope declares a variable. */
  has(name: string): boolean {
    return Object.hasOwn(this.#variables, name);
  }

  /** The names of all variables. */
  names(): string[] {
    return Object.keys(this.#variables);
  }

  /** One of the variables. */
  read(name: string): VariableState {
    return readVariable(this.#variables, name);
  }

  /** Whether all variables are in the same state as those of a scope with the same names. */
  equals(other: ScopeCopy): boolean {
    return this.names().every((name) => {
      const [own, others] = [this.read(name), other.read(name)];
      return own.kind === "value" && others.kind === "value"
        ? Object.is(own.value, others.value)
        : own.kind === others.kind;
    });
  }
}
