import type { CallSite } from "../../runtime/call_site.ts";
import type { UdfCall } from "../expression/expression.ts";
import type { Argument, ObjectArgument } from "./argument.ts";
import { argumentsOf } from "./arguments_of.ts";
import type { MadeBefore } from "./pipeline_visit.ts";
import { hasEffect } from "./operation_to_jvm.ts";
import type { Relation } from "./relation.ts";

/** Something that is made by calls of its own, and the operation that needs it. */
export interface Needed<T> {
  readonly needed: T;
  /** Where the program wrote that; undefined outside of operations. */
  readonly site: CallSite | undefined;
}

/** What has to be made in the JVM, and how: a look at plans that changes nothing. */
export class Survey {
  /** Operations that can be made in one go, each one behind what it needs. */
  readonly relations: Relation[] = [];
  /** Sources, and operations that have an effect: made by calls of their own, before. */
  readonly apart: Relation[] = [];
  /** What somebody else is making now. */
  readonly underWay: Promise<unknown>[] = [];
  /** Objects that are neither plans nor columns. */
  readonly objects: Needed<ObjectArgument>[] = [];
  /** Functions of the program's own. */
  readonly udfs: Needed<UdfCall>[] = [];
  readonly #seen = new Set<Argument>();
  readonly #before: MadeBefore;

  /**
   * Looks at arguments.
   *
   * @param roots the arguments
   * @param before what was made by calls of its own
   */
  constructor(roots: readonly Argument[], before: MadeBefore) {
    this.#before = before;
    for (const root of roots) this.#look(root, undefined);
  }

  /** Whether all that takes calls of its own is there. */
  get isReady(): boolean {
    const { underWay, apart, objects, udfs } = this;
    return [underWay, apart, objects, udfs].every(({ length }) => length === 0);
  }

  #look(argument: Argument, site: CallSite | undefined): void {
    if (typeof argument !== "object" || argument === null) return;
    if (argument instanceof Uint8Array) return;
    if (argument.kind === "relation") return this.#relation(argument);
    if (this.#seen.has(argument)) return;
    this.#seen.add(argument);
    const isHere = this.#before.has(argument as ObjectArgument | UdfCall);
    if (argument.kind === "object" && !isHere) {
      this.objects.push({ needed: argument, site });
    } else if (argument.kind === "udf" && !isHere) {
      this.udfs.push({ needed: argument, site });
    }
    for (const part of argumentsOf(argument)) this.#look(part, site);
  }

  /** Walks up to what is made already, then down again: a plan may be thousands of nodes long. */
  #relation(node: Relation): void {
    const chain: Relation[] = [];
    let top: Relation | null = node;
    while (top !== null && top.state.made === null && !this.#seen.has(top)) {
      this.#seen.add(top);
      if (top.state.making !== null) {
        this.underWay.push(top.state.making);
        break;
      }
      if (top.open !== undefined || hasEffect(top)) {
        this.apart.push(top);
        break;
      }
      chain.push(top);
      top = top.input;
    }
    for (const each of chain.reverse()) {
      for (const arg of each.args) this.#look(arg, each.site);
      this.relations.push(each);
    }
  }
}
