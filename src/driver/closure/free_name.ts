/**
 * What is known of the names that a function takes from outside itself.
 *
 * @module
 */

/** One place where a free name stands. */
export interface NameUse {
  /** First character of the name in the parsed text. */
  readonly start: number;
  /** How it must be rewritten to become a property: alone, after `name:`, or as a callee without receiver. */
  readonly as: "plain" | "shorthand" | "callee";
}

/** A name that is taken from outside. */
export interface FreeName {
  /** The name itself. */
  readonly name: string;
  /** Whether the text writes it. */
  assigned: boolean;
  /** Whether it is read while a class is evaluated, not only in its methods. */
  eager: boolean;
  /** The properties that are read, where nothing else is done with it; otherwise null. */
  members: Set<string> | null;
  /** Whether a property is written, or called as a method. */
  acts: boolean;
  /** Every place, in the order found. */
  readonly uses: NameUse[];
}

/** What an expression takes from outside. */
export interface FreeNames {
  /** By name, in order of first use. */
  readonly names: ReadonlyMap<string, FreeName>;
  /** What the text takes from the function around it, such as `"this"`; empty for a function of its own. */
  readonly lexical: ReadonlySet<string>;
  /** The properties of such a `this` that are read, where nothing else is done with it; otherwise null. */
  readonly thisMembers: ReadonlySet<string> | null;
  /** Where such a `this` stands. */
  readonly thisUses: readonly number[];
  /** Whether anything is assigned, be it from outside or not. */
  readonly writes: boolean;
  /** Private names that no class within the text declares. */
  readonly privateNames: ReadonlySet<string>;
  /** Where `import.meta` stands. */
  readonly importMeta: readonly number[];
  /** Every `import()`. */
  readonly imports: readonly ImportUse[];
}

/** One `import()`. */
export interface ImportUse {
  /** Where the keyword stands. */
  readonly start: number;
  /** What it imports; null where that is not a literal. */
  readonly specifier: string | null;
}

/** What is known of one use. */
export interface UseDetails {
  /** How it must be rewritten; plain by default. */
  readonly as?: NameUse["as"];
  /** Whether the name itself is written. */
  readonly assigned?: boolean;
  /** The property that is used, where nothing else is. */
  readonly member?: string;
  /** Whether that is written, or called as a method. */
  readonly acts?: boolean;
}

/** A name without uses so far. */
export function newFreeName(name: string): FreeName {
  return {
    name,
    assigned: false,
    eager: false,
    members: new Set(),
    acts: false,
    uses: [],
  };
}

/** Adds a use that begins at `start`. */
export function addUse(free: FreeName, start: number, how: UseDetails): void {
  free.assigned ||= how.assigned === true;
  free.acts ||= how.acts === true;
  if (how.member === undefined) free.members = null;
  else free.members?.add(how.member);
  free.uses.push({ start, as: how.as ?? "plain" });
}
