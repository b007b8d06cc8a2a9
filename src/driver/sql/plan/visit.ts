import type { Dialect } from "../../../protocol/dialect.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { JavaArgument } from "../../gateway/java_value.ts";
import type {
  Expression,
  LambdaVariable,
  UdfCall,
} from "../expression/expression.ts";
import type { Argument } from "./argument.ts";
import type { Relation } from "./relation.ts";

/** One walk over a plan that makes its objects in the JVM: what each kind of node needs of the others. */
export interface Visit {
  readonly gateway: Gateway;
  readonly dialect: Dialect;
  /** The JVM's object for a node of a plan; it outlives the walk. */
  relation(node: Relation): Promise<JavaObject>;
  /** The JVM's `Column` for an expression; the same one for each of its places. */
  column(expression: Expression): Promise<JavaObject>;
  /** The name of a lambda's parameter, which no other one in the plan has. */
  variableName(variable: LambdaVariable): string;
  /** What to hand to a method of the JVM's for an argument. */
  argument(argument: Argument): Promise<JavaArgument>;
  /** The JVM's `UserDefinedPythonFunction` for a function of the program's own. */
  udf(call: UdfCall): Promise<JavaObject>;
}
