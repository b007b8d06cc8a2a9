import { memoizeAsync } from "../../../common/memoize_async.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { JavaArgument } from "../../gateway/java_value.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import type { SessionState } from "../session_state.ts";
import type {
  Expression,
  LambdaVariable,
  UdfCall,
} from "../expression/expression.ts";
import { expressionToJvm } from "../expression/expression_to_jvm.ts";
import { locateError } from "../locate_error.ts";
import type { Argument } from "./argument.ts";
import { argumentToJvm } from "./argument_to_jvm.ts";
import { operationOf } from "./operation_to_jvm.ts";
import type { Relation } from "./relation.ts";
import type { Visit } from "./visit.ts";

/**
 * Makes a plan's objects in the JVM: each node once, however many plans share
 * it. A failure names the line where the program wrote the operation.
 *
 * @param node the plan
 * @returns its object, which outlives the calls that made it
 * @throws JavaError when Spark cannot analyze the plan
 */
export function planToJvm(node: Relation): Promise<JavaObject> {
  return new PlanVisit(node.session).relation(node);
}

/** Makes what a method of the JVM's is handed for an argument. */
export function argumentForJvm(
  session: SessionState,
  argument: Argument,
): Promise<JavaArgument> {
  return new PlanVisit(session).argument(argument);
}

class PlanVisit implements Visit {
  readonly #session: SessionState;
  /** An expression that occurs in many places is made once. */
  readonly #columns = new Map<Expression, Promise<JavaObject>>();

  /** The parameters of lambdas, in the order in which they were met. */
  readonly #variables: LambdaVariable[] = [];

  constructor(session: SessionState) {
    this.#session = session;
  }

  get gateway(): SparkRuntime["gateway"] {
    return this.#session.runtime.gateway;
  }

  get dialect(): SparkRuntime["dialect"] {
    return this.#session.runtime.dialect;
  }

  /** Walks up to what is made already, then down again: a plan may be thousands of nodes long. */
  async relation(node: Relation): Promise<JavaObject> {
    const chain: Relation[] = [];
    let top: Relation | null = node;
    while (top !== null && top.state.object === null) {
      chain.push(top);
      top = top.input;
    }
    for (const each of chain.reverse()) {
      await memoizeAsync(each.state, "object", () => this.#make(each));
    }
    return await memoizeAsync(node.state, "object", () => this.#make(node));
  }

  column(expression: Expression): Promise<JavaObject> {
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

  argument(argument: Argument): Promise<JavaArgument> {
    return argumentToJvm(this, argument);
  }

  async udf(call: UdfCall): Promise<JavaObject> {
    return await call.udf.toJvm(this.#session);
  }

  async #make(node: Relation): Promise<JavaObject> {
    try {
      const object = await this.#open(node);
      return object.keep();
    } catch (error) {
      throw locateError(error, node.site);
    }
  }

  async #open(node: Relation): Promise<JavaObject> {
    const { input, open, session } = node;
    if (open !== undefined) return await open(await session.jsession());
    if (input === null) {
      throw new TypeError(`"${node.operation}" has no source`);
    }
    return await operationOf(node.operation)(
      this,
      await this.relation(input),
      node.args,
    );
  }
}
