import type { CallSite, LateSite } from "../../runtime/call_site.ts";
import type { JvmDialect } from "../../runtime/jvm_dialect.ts";
import type { PlainArgument } from "../../gateway/java_object.ts";
import type { Pipeline, PipelineObject } from "../../gateway/pipeline.ts";
import type {
  Expression,
  LambdaVariable,
  UdfCall,
} from "../expression/expression.ts";
import type { Argument } from "./argument.ts";
import type { Relation } from "./relation.ts";

/** One walk over a plan that makes its objects in the JVM, all in one go: what each kind of node needs of the others. */
export interface Visit {
  /** Where the calls go. */
  readonly pipeline: Pipeline;
  /** What calls into this JVM look like. */
  readonly calls: JvmDialect;
  /** Tells the JVM where the program wrote what the next calls make, for errors while it is computed; not looked up for a Spark that does not ask. */
  origin(site: CallSite | LateSite): void;
  /** The JVM's object for a node of a plan, which was made before. */
  relation(node: Relation): PipelineObject;
  /** The JVM's `Column` for an expression; the same one for each of its places. */
  column(expression: Expression): PipelineObject;
  /** The name of a lambda's parameter, which no other one in the plan has. */
  variableName(variable: LambdaVariable): string;
  /** What to hand to a method of the JVM's for an argument. */
  argument(argument: Argument): PlainArgument | PipelineObject;
  /** The JVM's `UserDefinedPythonFunction` for a function of the program's own. */
  udf(call: UdfCall): PipelineObject;
}
