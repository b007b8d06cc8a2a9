import { memoizeAsync } from "../../../common/memoize_async.ts";
import type { JavaObject, PlainArgument } from "../../gateway/java_object.ts";
import type { JavaArgument } from "../../gateway/java_value.ts";
import { type Pipeline, PipelineObject } from "../../gateway/pipeline.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { UdfCall } from "../expression/expression.ts";
import { locateError } from "../locate_error.ts";
import type { SessionState } from "../session_state.ts";
import type { Argument, ObjectArgument } from "./argument.ts";
import { plainToJvm } from "./argument_to_jvm.ts";
import { effectToJvm } from "./operation_to_jvm.ts";
import { isObject, type MadeBefore, PipelineVisit } from "./pipeline_visit.ts";
import { isRelation, type Relation } from "./relation.ts";
import { Survey } from "./survey.ts";

/**
 * Makes a plan's objects in the JVM, in one go: each node once, however many
 * plans share it. A failure names the line where the program wrote the
 * operation.
 *
 * @param node the plan
 * @returns its object, which outlives the calls that made it
 * @throws JavaError when Spark cannot analyze the plan
 */
export async function planToJvm(node: Relation): Promise<JavaObject> {
  await argumentsForJvm(node.session, [node]);
  return madeOf(node);
}

/** Makes what a method of the JVM's is handed for an argument. */
export async function argumentForJvm(
  session: SessionState,
  argument: Argument,
): Promise<JavaArgument> {
  const [value = null] = await argumentsForJvm(session, [argument]);
  return value;
}

/** As {@link argumentForJvm}, for several in one go. */
export async function argumentsForJvm(
  session: SessionState,
  args: readonly Argument[],
): Promise<JavaArgument[]> {
  const jsession = await session.jsession();
  const before = new Map<ObjectArgument | UdfCall, JavaObject>();
  let survey = new Survey(args, before);
  while (!survey.isReady) {
    await prepare(session, survey, before);
    survey = new Survey(args, before);
  }
  // Nothing is awaited between the look at the plans and their being taken.
  return await build({ session, jsession, before }, survey.relations, args);
}

/** Makes what takes calls of its own, and waits for what others are making. */
async function prepare(
  session: SessionState,
  { underWay, apart, objects, udfs }: Survey,
  before: Map<ObjectArgument | UdfCall, JavaObject>,
): Promise<void> {
  await Promise.allSettled(underWay); // who fails at it tells so; here it is tried again
  for (const node of apart) await makeApart(node);
  for (const { needed, site } of objects) {
    const object = await located(
      site,
      () => needed.make(session.runtime.gateway),
    );
    before.set(needed, object);
  }
  for (const { needed, site } of udfs) {
    const object = await located(site, () => needed.udf.toJvm(session));
    before.set(needed, object);
  }
}

/** Makes a source, or the object of an operation that has an effect. */
async function makeApart(node: Relation): Promise<void> {
  const { state } = node;
  await memoizeAsync<"making", unknown>(state, "making", async () => {
    const object = await located(node.site, () => openApart(node));
    state.made = object.keep();
  });
}

async function openApart(
  { input, open, session, operation, args }: Relation,
): Promise<JavaObject> {
  if (open !== undefined) return await open(await session.jsession());
  const [dataset, ...values] = await argumentsForJvm(session, [
    input,
    ...args,
  ]);
  const { calls } = session.runtime;
  return await effectToJvm(operation, dataset as JavaObject, values, calls);
}

interface Building {
  readonly session: SessionState;
  readonly jsession: JavaObject;
  readonly before: MadeBefore;
}

/** Makes operations, each behind what it needs, and arguments over them. */
async function build(
  building: Building,
  relations: readonly Relation[],
  args: readonly Argument[],
): Promise<JavaArgument[]> {
  const known = args.map((arg) => knownOf(arg, building.before));
  if (!known.includes(undefined)) return known as JavaArgument[];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const { state } of relations) state.making = promise;
  try {
    return await buildTaken(building, relations, args);
  } finally {
    for (const { state } of relations) state.making = null;
    resolve(); // who waited looks again, and makes what failed here itself
  }
}

async function buildTaken(
  { session, jsession, before }: Building,
  relations: readonly Relation[],
  args: readonly Argument[],
): Promise<JavaArgument[]> {
  const { gateway, calls } = session.runtime;
  let values: readonly (PlainArgument | PipelineObject)[] = [];
  const objects = await gateway.pipeline((pipeline) => {
    activate(pipeline, jsession);
    const visit = new PipelineVisit(pipeline, calls, before);
    const made = relations.map((node) => visit.make(node));
    values = args.map((arg) => isRelation(arg) ? null : visit.argument(arg));
    visit.end();
    return [...made, ...values.filter(isComing)];
  }, { explain: explainFailure });
  const next = objects.values();
  for (const { state } of relations) state.made = expectNext(next).keep();
  return args.map((arg, i) => {
    if (isRelation(arg)) return madeOf(arg);
    const value = values[i] ?? null;
    return isComing(value) ? expectNext(next) : value;
  });
}

/**
 * What is made on this thread is made under the session's settings: up to 3.5
 * a `Column` asks for them when it is made, such as whether a cast may fail.
 */
function activate(pipeline: Pipeline, jsession: JavaObject): void {
  pipeline.valueStatic(
    "org.apache.spark.sql.SparkSession",
    "setActiveSession",
    jsession,
  );
}

function explainFailure(error: unknown, subject: unknown): unknown {
  return subject === undefined
    ? error
    : locateError(error, (subject as Relation).site);
}

/** What an argument is without any call; undefined where it takes one. */
function knownOf(
  argument: Argument,
  before: MadeBefore,
): JavaArgument | undefined {
  if (isRelation(argument)) return argument.state.made ?? undefined;
  return isObject(argument) ? before.get(argument) : plainToJvm(argument);
}

function madeOf({ state, operation }: Relation): JavaObject {
  if (state.made === null) throw new TypeError(`"${operation}" is not made`);
  return state.made;
}

function isComing(
  value: PlainArgument | PipelineObject,
): value is PipelineObject {
  return value instanceof PipelineObject;
}

function expectNext(objects: Iterator<JavaObject>): JavaObject {
  const { value, done } = objects.next();
  if (done === true) throw new TypeError("a pipeline gave too few objects");
  return value;
}

/** As `body`; its failure names an operation. */
async function located<T>(
  site: CallSite | undefined,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw site === undefined ? error : locateError(error, site);
  }
}
