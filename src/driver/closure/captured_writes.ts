/**
 * Finds where a function writes to what it captured. Each task has a copy of
 * its own, so what is added up there never comes back.
 *
 * @module
 */

import {
  type ParsedFunction,
  parseFunctionText,
  type Span,
} from "./parse_function.ts";
import {
  allChildren,
  childOf,
  nameOf,
  type SyntaxNode,
} from "./syntax_tree.ts";

/** A write to a captured variable, or to what it holds. */
export interface CapturedWrite {
  /** The variable's name. */
  readonly name: string;
  /** First character of the write, in the function's text. */
  readonly start: number;
  readonly kind:
    /** The variable gets a value made of its old one: `total += n`. */
    | "adds"
    /** The variable gets another value: `last = n`. */
    | "sets"
    /** A property of what it holds gets a value made of its old one: `stats.count++`. */
    | "changes"
    /** A property gets another value: `memo[n] = f(n)`. */
    | "puts"
    /** A method that collects, or takes away, is called: `list.push(n)`. */
    | "collects";
}

/** A function's writes, and what it does with the variables beside that. */
export interface CapturedWrites {
  readonly writes: readonly CapturedWrite[];
  /** Names of the variables that are read as well. */
  readonly read: ReadonlySet<string>;
  /** Names of the variables that get a value before anything else is done with them. */
  readonly scratch: ReadonlySet<string>;
}

/**
 * Looks through a function's text. Writes that give a variable its first value
 * alone (`??=`, `||=`, `&&=`) are how caches are made, and are left out.
 *
 * @param source the text
 * @param parsed what is known of its names
 * @param strict whether the rules of modules apply
 */
export function capturedWrites(
  source: string,
  parsed: ParsedFunction,
  strict: boolean,
): CapturedWrites {
  if (!parsed.writes && !parsed.names.values().some(({ acts }) => acts)) {
    return { writes: [], read: new Set(), scratch: new Set() };
  }
  const { node, shift } = parseFunctionText(source, strict);
  const finder = new WriteFinder(source, shift, namesByPlace(parsed, shift));
  const queue = [node];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    finder.look(at);
    queue.push(...allChildren(at));
  }
  return finder.found();
}

/** The captured variables by the places of their names. */
function namesByPlace(
  { names }: ParsedFunction,
  shift: number,
): ReadonlyMap<number, string> {
  return new Map(
    Array.from(names.values()).flatMap(({ name, uses }) =>
      uses.map(({ start }) => [start + shift, name] as const)
    ),
  );
}

class WriteFinder {
  readonly #source: string;
  readonly #shift: number;
  readonly #names: ReadonlyMap<number, string>;
  readonly #writes: CapturedWrite[] = [];
  /** Where names stand that are only written there. */
  readonly #targets = new Set<number>();

  constructor(
    source: string,
    shift: number,
    names: ReadonlyMap<number, string>,
  ) {
    this.#source = source;
    this.#shift = shift;
    this.#names = names;
  }

  look(node: SyntaxNode): void {
    switch (node.type) {
      case "UpdateExpression":
        return this.#target(node, childOf(node, "argument"), true);
      case "AssignmentExpression": {
        const operator = String(node.operator);
        if (LOGICAL.has(operator)) return;
        const left = childOf(node, "left");
        const right = childOf(node, "right");
        const adds = operator !== "=" || (left !== null && right !== null &&
          this.#isIn(left, right));
        return this.#target(node, left, adds);
      }
      case "CallExpression": {
        const callee = childOf(node, "callee");
        const object = callee === null ? null : childOf(callee, "object");
        const method = callee === null ? null : childOf(callee, "property");
        if (object?.type !== "Identifier" || method === null) return;
        if (!COLLECTORS.has(nameOf(method))) return;
        return this.#add(node, object, "collects");
      }
    }
  }

  found(): CapturedWrites {
    const [read, first] = [new Set<string>(), new Map<string, number>()];
    for (const [start, name] of this.#names) {
      if (!this.#targets.has(start)) read.add(name);
      first.set(name, Math.min(start, first.get(name) ?? start));
    }
    const scratch = first.entries()
      .filter(([, start]) => this.#targets.has(start)).map(([name]) => name);
    return {
      writes: this.#writes.toSorted((a, b) => a.start - b.start),
      read,
      scratch: new Set(scratch),
    };
  }

  #target(write: SyntaxNode, target: SyntaxNode | null, adds: boolean): void {
    if (target === null) return;
    switch (target.type) {
      case "Identifier":
        if (!adds) this.#targets.add(target.start);
        return this.#add(write, target, adds ? "adds" : "sets");
      case "MemberExpression": {
        let object: SyntaxNode | null = target;
        while (object?.type === "MemberExpression") {
          object = childOf(object, "object");
        }
        return object?.type === "Identifier"
          ? this.#add(write, object, adds ? "changes" : "puts")
          : undefined;
      }
      case "Property":
      case "AssignmentPattern":
      case "RestElement":
        return this.#target(
          write,
          childOf(target, "value") ?? childOf(target, "left") ??
            childOf(target, "argument"),
          adds,
        );
      case "ArrayPattern":
      case "ObjectPattern":
        for (const part of allChildren(target)) {
          this.#target(write, part, adds);
        }
    }
  }

  #add(write: SyntaxNode, name: SyntaxNode, kind: CapturedWrite["kind"]): void {
    const captured = this.#names.get(name.start);
    if (captured === undefined) return;
    this.#writes.push({
      name: captured,
      start: write.start - this.#shift,
      kind,
    });
  }

  /** Whether what is written is read for the new value. */
  #isIn(target: SyntaxNode, { start, end }: SyntaxNode): boolean {
    if (target.type !== "Identifier") {
      return this.#textOf({ start, end }).includes(this.#textOf(target));
    }
    const name = this.#names.get(target.start);
    return this.#names.entries().some(([at, other]) =>
      other === name && start <= at && at < end
    );
  }

  #textOf({ start, end }: Span): string {
    return this.#source.slice(start - this.#shift, end - this.#shift);
  }
}

const LOGICAL: ReadonlySet<string> = new Set(["??=", "||=", "&&="]);

const COLLECTORS: ReadonlySet<string> = new Set([
  "push",
  "unshift",
  "set",
  "add",
  "delete",
  "clear",
]);
