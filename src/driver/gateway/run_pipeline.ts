import type { Answer } from "./answer.ts";
import { callCommand } from "./command.ts";
import { describeValue, expectString, unexpectedAnswer } from "./expect.ts";
import { readJavaError, refusedError } from "./java_error.ts";
import type {
  JavaCalls,
  JavaObject,
  JavaValue,
  ReferenceKind,
} from "./java_object.ts";
import { ID_PREFIX, type Lane, MAIN_NAME } from "./lane.ts";
import {
  Pipeline,
  type PipelineCommand,
  PipelineObject,
  type PipelineValue,
} from "./pipeline.ts";

/** Something that a call of a pipeline gives. */
export type PipelinePart = PipelineObject | PipelineValue;

/** What a pipeline's function returns: which of its calls' results are wanted. */
export type PipelineResult = PipelinePart | readonly PipelinePart[] | void;

/** What comes back for a part: an object, or a value. */
export type PipelinePartOutcome<T> = T extends PipelineObject ? JavaObject
  : JavaValue;

/** What comes back: for each part its outcome, in the same form. */
export type PipelineOutcome<T> = T extends readonly unknown[]
  ? { [K in keyof T]: PipelinePartOutcome<T[K]> }
  : T extends PipelinePart ? PipelinePartOutcome<T>
  : undefined;

/** How a pipeline's failure is told. */
export interface PipelineOptions {
  /**
   * Makes the error to throw for the first call that failed.
   *
   * @param error its JavaError, or GatewayError
   * @param subject what `Pipeline.subject` was when the call was added
   */
  readonly explain?: (error: unknown, subject: unknown) => unknown;
}

/** Makes a reference to an object that the shared gateway has bound. */
export type Adopt = (id: string, type: ReferenceKind) => JavaObject;

/**
 * Lets a function add calls, sends them and reads what is wanted of them.
 *
 * @param gateway the shared gateway
 * @param lane where they are sent; nobody else's meanwhile
 * @param adopt tracks what comes out of the lane
 * @param body adds the calls
 * @param options how a failure is told
 */
export async function runPipeline<T extends PipelineResult>(
  gateway: JavaCalls,
  lane: Lane,
  adopt: Adopt,
  body: (pipeline: Pipeline) => T,
  options: PipelineOptions,
): Promise<PipelineOutcome<T>> {
  const first = lane.next;
  const pipeline = new Pipeline(first);
  const result = body(pipeline);
  pipeline.end();
  const { commands } = pipeline;
  const answers = await send(lane, commands, [...pipeline.borrowed]);
  const failed = findFailure(commands, answers, first);
  if (failed === undefined) {
    const values = await adoptAll(lane, adopt, answers, result);
    return values as PipelineOutcome<T>; // the same shape, member by member
  }
  const error = await gateway.scope(() =>
    failureOf(gateway, lane, adopt, failed)
  );
  const { explain } = options;
  throw explain === undefined ? error : explain(error, failed.command.subject);
}

interface Failed {
  readonly command: PipelineCommand;
  readonly answer: Answer;
}

async function send(
  lane: Lane,
  commands: readonly PipelineCommand[],
  holds: unknown,
): Promise<readonly Answer[]> {
  if (commands.length === 0) return [];
  const text = commands.map((command) => command.text).join("");
  return await lane.ask(text, commands.length, holds);
}

/** The first command whose answer is not what the others were built on. */
function findFailure(
  commands: readonly PipelineCommand[],
  answers: readonly Answer[],
  first: number,
): Failed | undefined {
  let number = first;
  for (const [i, answer] of answers.entries()) {
    const command = commands[i];
    if (command === undefined) continue;
    const good = command.gives === "value"
      ? answer.kind === "value"
      : answer.kind === "reference" && answer.id === ID_PREFIX + number++;
    if (!good) return { command, answer };
  }
  return undefined;
}

async function failureOf(
  gateway: JavaCalls,
  lane: Lane,
  adopt: Adopt,
  { command, answer }: Failed,
): Promise<Error> {
  const { action, member, owner, gives } = command;
  switch (answer.kind) {
    case "thrown": {
      const [id = ""] = await share(lane, [answer.id]);
      return await readJavaError(gateway, adopt(id, "object"));
    }
    case "value":
      return unexpectedAnswer("an object", describeValue(answer.value), member);
    case "reference":
      return unexpectedAnswer(
        gives === "value" ? "a value" : "the pipeline's next object",
        `a Java ${answer.type}`,
        member,
      );
    case "refused":
    case "member": {
      const reason = answer.kind === "refused" ? answer.reason : null;
      const known = owner instanceof PipelineObject && lane.usable
        ? adopt((await share(lane, [owner.id]))[0] ?? "", "object")
        : owner;
      const site = {
        action,
        member,
        owner: known instanceof PipelineObject ? null : known,
      };
      return await refusedError(gateway, site, reason);
    }
  }
}

/** Gives the shared gateway objects of the lane; their ids there. */
async function share(
  lane: Lane,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const commands = ids.map((id) =>
    callCommand(MAIN_NAME, "putNewObject", `r${id}\n`)
  );
  const answers = await lane.ask(commands.join(""), ids.length, null);
  return answers.map((answer) =>
    expectString(answer.kind === "value" ? answer.value : null, "putNewObject")
  );
}

async function adoptAll(
  lane: Lane,
  adopt: Adopt,
  answers: readonly Answer[],
  result: PipelineResult,
): Promise<unknown> {
  const parts = result === undefined ? [] : [result].flat();
  const objects = parts.filter((part) => part instanceof PipelineObject);
  const ids = await share(lane, objects.map((object) => object.id));
  const types = new Map(
    answers.flatMap((answer) =>
      answer.kind === "reference" ? [[answer.id, answer.type]] : []
    ),
  );
  let at = 0;
  const outcomes = parts.map((part) => {
    if (part instanceof PipelineObject) {
      return adopt(ids[at++] ?? "", types.get(part.id) ?? "object");
    }
    const answer = answers[part.index];
    return answer?.kind === "value" ? answer.value : null;
  });
  return Array.isArray(result) ? outcomes : outcomes[0];
}
