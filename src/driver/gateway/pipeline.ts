import { GatewayError } from "../../common/errors.ts";
import {
  arrayGetCommand,
  arraySetCommand,
  callCommand,
  constructCommand,
  encodeArguments,
  newArrayCommand,
  staticFieldCommand,
  staticTarget,
} from "./command.ts";
import type { CalledMember } from "./java_error.ts";
import { JavaObject, type PlainArgument } from "./java_object.ts";
import { JavaProxy } from "./java_proxy.ts";
import { ID_PREFIX, MAIN_NAME } from "./lane.ts";
import { isPlainArgument, noJavaForm } from "./value_syntax.ts";

/** What a call of a pipeline can be given: as a plain call, and what earlier calls of the pipeline give. */
export type PipelineArgument =
  | PlainArgument
  | bigint
  | PipelineObject
  | readonly PipelineArgument[]
  | ReadonlyMap<PipelineArgument, PipelineArgument>
  | ReadonlySet<PipelineArgument>;

/** Between the strings of a list that go as one. */
const SEPARATOR = "\0";

/** A command of a pipeline, and what is expected of its answer. */
export interface PipelineCommand {
  /** The command as the JVM reads it. */
  readonly text: string;
  /** Whether it gives an object, or a value (null and void included). */
  readonly gives: "object" | "value";
  /** What it is about, for its error. */
  readonly action: CalledMember["action"];
  /** The method, field or class. */
  readonly member: string;
  /** The class, or what the method is called on. */
  readonly owner: string | PipelineObject | null;
  /** What {@link Pipeline.subject} was. */
  readonly subject: unknown;
}

/** The object that a call of a pipeline is going to give. */
export class PipelineObject {
  /** Its number in the lane. */
  readonly number: number;
  readonly #pipeline: Pipeline;

  /**
   * An object to come.
   *
   * @param pipeline the pipeline that makes it
   * @param number its number in the lane
   */
  constructor(pipeline: Pipeline, number: number) {
    this.#pipeline = pipeline;
    this.number = number;
  }

  /** Its id in the lane. */
  get id(): string {
    return ID_PREFIX + this.number;
  }

  /** Throws unless it belongs to the pipeline. @throws GatewayError `PIPELINE_OTHER` */
  checkOwner(pipeline: Pipeline): this {
    if (pipeline === this.#pipeline) return this;
    throw new GatewayError(
      "PIPELINE_OTHER",
      "Cannot use an object of another pipeline: it lives only while that runs; return it from its function, and use the Java object that comes back",
    );
  }

  /**
   * Calls a method that gives an object.
   *
   * @param method its name
   * @param args its arguments
   */
  call(method: string, ...args: readonly PipelineArgument[]): PipelineObject {
    return this.#pipeline.callMethod(this, method, args);
  }

  /**
   * Calls a method that gives a value (string, number, boolean, bytes, null) or nothing.
   *
   * @param method its name
   * @param args its arguments
   */
  value(method: string, ...args: readonly PipelineArgument[]): PipelineValue {
    return this.#pipeline.valueOf(this, method, args);
  }
}

/** The value that a call of a pipeline is going to give. */
export class PipelineValue {
  /** Index of its command. */
  readonly index: number;

  /** @param index index of its command */
  constructor(index: number) {
    this.index = index;
  }
}

/**
 * Calls that go to the JVM together: see `Gateway.pipeline`.
 */
export class Pipeline {
  /**
   * What the calls that follow are made for, such as a node of a plan: the
   * failure of a call comes with it.
   */
  subject: unknown = undefined;
  readonly #commands: PipelineCommand[] = [];
  readonly #borrowed = new Map<JavaObject, PipelineObject>();
  #next: number;
  #sent = false;

  /**
   * A pipeline without calls.
   *
   * @param next number of the first object that it makes
   */
  constructor(next: number) {
    this.#next = next;
  }

  /** Its commands so far. */
  get commands(): readonly PipelineCommand[] {
    return this.#commands;
  }

  /** The shared gateway's objects that it uses. */
  get borrowed(): Iterable<JavaObject> {
    return this.#borrowed.keys();
  }

  /** Ends it: no call can follow. */
  end(): void {
    this.#sent = true;
  }

  /**
   * Calls a constructor.
   *
   * @param className full name of the class
   * @param args its arguments
   */
  construct(
    className: string,
    ...args: readonly PipelineArgument[]
  ): PipelineObject {
    const text = constructCommand(className, this.#encode(args));
    return this.#object(text, "construct", className, null);
  }

  /**
   * Calls a static method that gives an object.
   *
   * @param className full name of the class
   * @param method the method's name
   * @param args its arguments
   */
  callStatic(
    className: string,
    method: string,
    ...args: readonly PipelineArgument[]
  ): PipelineObject {
    const target = staticTarget(className);
    const text = callCommand(target, method, this.#encode(args));
    return this.#object(text, "call", method, className);
  }

  /**
   * Calls a static method that gives a value or nothing.
   *
   * @param className full name of the class
   * @param method the method's name
   * @param args its arguments
   */
  valueStatic(
    className: string,
    method: string,
    ...args: readonly PipelineArgument[]
  ): PipelineValue {
    const target = staticTarget(className);
    const text = callCommand(target, method, this.#encode(args));
    return this.#value(text, "call", method, className);
  }

  /**
   * Reads a static field that holds an object, such as a Scala object's `MODULE$`.
   *
   * @param className full name of the class
   * @param field the field's name
   */
  staticField(className: string, field: string): PipelineObject {
    const text = staticFieldCommand(className, field);
    return this.#object(text, "read", field, className);
  }

  /**
   * An object that came by an ordinary call, for calling its methods here; as
   * an argument it can stand as it is.
   *
   * @param object the object
   */
  use(object: JavaObject): PipelineObject {
    const known = this.#borrowed.get(object);
    if (known !== undefined) return known;
    const text = callCommand(
      MAIN_NAME,
      "getObject",
      encodeArguments([object.id]),
    );
    const borrowed = this.#object(text, "call", "getObject", null);
    this.#borrowed.set(object, borrowed);
    return borrowed;
  }

  /**
   * Makes a `java.util.List`, by a call for each element; strings without a NUL
   * go together as one.
   *
   * @param items its elements
   */
  list(items: Iterable<PipelineArgument>): PipelineObject {
    const all = [...items];
    if (all.length > 3 && all.every(isSimpleText)) {
      return this.callStatic(
        "org.apache.hadoop.util.StringUtils",
        "getStringCollection",
        all.join(SEPARATOR),
        SEPARATOR,
      );
    }
    return this.#collection("java.util.ArrayList", all);
  }

  /**
   * Makes a `scala.collection.immutable.Seq` (in 3.5: `scala.collection.Seq`).
   *
   * @param items its elements
   */
  seq(items: Iterable<PipelineArgument>): PipelineObject {
    return this.callStatic(
      "org.apache.spark.api.python.PythonUtils",
      "toSeq",
      this.list(items),
    );
  }

  /**
   * Makes a Java array, by a call for each element.
   *
   * @param className full name of the element's class, or a primitive type
   * @param items its elements
   */
  array(
    className: string,
    items: readonly PipelineArgument[],
  ): PipelineObject {
    const values = items.map((item) => this.#encode([item]));
    const text = newArrayCommand(className, items.length);
    const array = this.#object(text, "make", `${className}[]`, null);
    for (const [i, value] of values.entries()) {
      const command = arraySetCommand(array.id, i, value);
      this.#value(command, "change", `[${i}]`, array);
    }
    return array;
  }

  /**
   * Reads an array's element, an object.
   *
   * @param array the array
   * @param index 0 for the first
   */
  element(array: PipelineObject, index: number): PipelineObject {
    const command = arrayGetCommand(array.checkOwner(this).id, index);
    return this.#object(command, "read", `[${index}]`, array);
  }

  /** Calls a method that gives an object: what {@link PipelineObject.call} does. */
  callMethod(
    target: PipelineObject,
    method: string,
    args: readonly PipelineArgument[],
  ): PipelineObject {
    const text = callCommand(target.id, method, this.#encode(args));
    return this.#object(text, "call", method, target);
  }

  /** Calls a method that gives a value or nothing: what {@link PipelineObject.value} does. */
  valueOf(
    target: PipelineObject,
    method: string,
    args: readonly PipelineArgument[],
  ): PipelineValue {
    const text = callCommand(target.id, method, this.#encode(args));
    return this.#value(text, "call", method, target);
  }

  #collection(
    className: string,
    items: Iterable<PipelineArgument>,
  ): PipelineObject {
    const collection = this.construct(className);
    for (const item of items) collection.value("add", item);
    return collection;
  }

  #encode(args: readonly PipelineArgument[]): string {
    if (this.#sent) {
      throw new GatewayError(
        "PIPELINE_SENT",
        "Cannot add a call to a pipeline: its calls were sent; make all of them before the function given to pipeline() returns, without waiting for anything",
      );
    }
    let text = "";
    for (const arg of args) {
      const plain = this.#plain(arg);
      text += plain instanceof PipelineObject
        ? `r${plain.id}\n`
        : encodeArguments([plain]);
    }
    return text;
  }

  /** What stands for an argument in a command; makes the objects that it needs. */
  #plain(
    arg: PipelineArgument,
  ): PipelineObject | Exclude<PlainArgument, JavaObject> {
    if (arg instanceof PipelineObject) return arg.checkOwner(this);
    if (arg instanceof JavaObject) return this.use(arg);
    if (Array.isArray(arg)) return this.list(arg);
    if (arg instanceof Set) {
      return this.#collection("java.util.LinkedHashSet", arg);
    }
    if (arg instanceof Map) {
      const map = this.construct("java.util.LinkedHashMap");
      for (const [key, value] of arg) map.value("put", key, value);
      return map;
    }
    if (typeof arg === "bigint" && BigInt.asIntN(64, arg) !== arg) {
      return this.construct("java.math.BigInteger", String(arg));
    }
    if (arg instanceof JavaProxy) throw proxyInPipeline();
    if (isPlainArgument(arg) && !(arg instanceof JavaObject)) return arg;
    throw noJavaForm(arg);
  }

  #object(
    text: string,
    action: CalledMember["action"],
    member: string,
    owner: string | PipelineObject | null,
  ): PipelineObject {
    this.#commands.push({
      text,
      gives: "object",
      action,
      member,
      owner,
      subject: this.subject,
    });
    return new PipelineObject(this, this.#next++);
  }

  #value(
    text: string,
    action: CalledMember["action"],
    member: string,
    owner: string | PipelineObject | null,
  ): PipelineValue {
    this.#commands.push({
      text,
      gives: "value",
      action,
      member,
      owner,
      subject: this.subject,
    });
    return new PipelineValue(this.#commands.length - 1);
  }
}

function proxyInPipeline(): TypeError {
  return new TypeError(
    "Cannot hand a proxy to a pipeline, which the JVM cannot call back: make the Java object that holds it by an ordinary call",
  );
}

function isSimpleText(item: PipelineArgument): item is string {
  // Hadoop's method skips empty parts.
  return typeof item === "string" && item !== "" && !item.includes(SEPARATOR);
}
