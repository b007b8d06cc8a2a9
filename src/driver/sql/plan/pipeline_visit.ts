import { type CallSite, LateSite } from "../../runtime/call_site.ts";
import type { JvmDialect } from "../../runtime/jvm_dialect.ts";
import type { JavaObject, PlainArgument } from "../../gateway/java_object.ts";
import type { Pipeline, PipelineObject } from "../../gateway/pipeline.ts";
import type {
  Expression,
  LambdaVariable,
  UdfCall,
} from "../expression/expression.ts";
import { expressionToJvm } from "../expression/expression_to_jvm.ts";
import { locateError } from "../locate_error.ts";
import type { Argument, ObjectArgument } from "./argument.ts";
import { argumentToJvm } from "./argument_to_jvm.ts";
import { operationToJvm } from "./operation_to_jvm.ts";
import type { Relation } from "./relation.ts";
import type { Visit } from "./visit.ts";

/** What a walk needs that takes calls of its own, by what needs it. */
export type MadeBefore = ReadonlyMap<ObjectArgument | UdfCall, JavaObject>;

/** Where Spark 4 keeps, for each thread, which line of a foreign program speaks. */
const ORIGIN = "org.apache.spark.sql.catalyst.trees.PySparkCurrentOrigin";

/** Makes plans' objects by the calls of one pipeline. */
export class PipelineVisit implements Visit {
  readonly pipeline: Pipeline;
  readonly calls: JvmDialect;
  readonly #before: MadeBefore;
  readonly #relations = new Map<Relation, PipelineObject>();
  /** An expression that occurs in many places is made once. */
  readonly #columns = new Map<Expression, PipelineObject>();
  /** The parameters of lambdas, in the order in which they were met. */
  readonly #variables: LambdaVariable[] = [];
  /** What the JVM was told last. */
  #origin: CallSite | null = null;

  /**
   * @param pipeline where the calls go
   * @param calls the JVM's
   * @param before what was made by calls of its own
   */
  constructor(pipeline: Pipeline, calls: JvmDialect, before: MadeBefore) {
    this.pipeline = pipeline;
    this.calls = calls;
    this.#before = before;
  }

  /** Makes an operation; its input and arguments are made. A failure has it as its subject. */
  make(node: Relation): PipelineObject {
    this.pipeline.subject = node;
    if (node.input === null) {
      throw new TypeError(`"${node.operation}" has no source`);
    }
    const input = this.relation(node.input);
    this.origin(node.site);
    try {
      this.#relations.set(node, operationToJvm(this, node, input));
    } catch (error) {
      throw locateError(error, node.site); // before any call of it was sent
    }
    this.pipeline.subject = undefined;
    return this.relation(node);
  }

  /** Ends the walk: what comes later on the pipeline's thread has no place. */
  end(): void {
    if (this.#origin === null) return;
    this.pipeline.valueStatic(ORIGIN, "clear");
    this.#origin = null;
  }

  /** Peer: `PySparkCurrentOrigin.set(fragment, callSite)`, 4.0 and later. */
  origin(given: CallSite | LateSite): void {
    if (!this.calls.takesOrigins) return;
    const site = given instanceof LateSite ? given.site : given;
    if (site === null || site.position === "") return;
    const { operation, position } = site;
    const last = this.#origin;
    if (last?.operation === operation && last.position === position) return;
    const fragment = operation.replace(/\(\)$/, "");
    this.pipeline.valueStatic(ORIGIN, "set", fragment, position);
    this.#origin = site;
  }

  relation(node: Relation): PipelineObject {
    const object = this.#relations.get(node);
    if (object !== undefined) return object;
    const { made } = node.state;
    if (made === null) throw new TypeError(`"${node.operation}" is not made`);
    return this.pipeline.use(made);
  }

  column(expression: Expression): PipelineObject {
    let column = this.#columns.get(expression);
    if (column === undefined) {
      column = expressionToJvm(this, expression);
      this.#columns.set(expression, column);
    }
    return column;
  }

  variableName(variable: LambdaVariable): string {
    let index = this.#variables.indexOf(variable);
    if (index < 0) index = this.#variables.push(variable) - 1;
    return `${variable.name}_${index}`;
  }

  argument(argument: Argument): PlainArgument | PipelineObject {
    return isObject(argument)
      ? this.#madeBefore(argument)
      : argumentToJvm(this, argument);
  }

  udf(call: UdfCall): PipelineObject {
    return this.#madeBefore(call);
  }

  #madeBefore(needed: ObjectArgument | UdfCall): PipelineObject {
    const object = this.#before.get(needed);
    if (object === undefined) {
      throw new TypeError(`"${needed.name}" is not made`);
    }
    return this.pipeline.use(object);
  }
}

/** Whether an argument is an object that takes calls of its own. */
export function isObject(argument: Argument): argument is ObjectArgument {
  return typeof argument === "object" && argument !== null &&
    !(argument instanceof Uint8Array) && argument.kind === "object";
}
