/**
 * Values that cannot leave the process, each with its reason and remedy.
 *
 * @module
 */

import { Readable, Writable } from "node:stream";
import { types } from "node:util";
import { Worker } from "node:worker_threads";
import {
  dataProperty,
  describeValue,
  isError,
} from "../../common/describe_value.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type { Refusal } from "./capture_path.ts";
import type { FreeNames } from "./free_name.ts";

/** Why an object cannot be serialized whatever it holds; null where that is not so. */
export function refusalOf(value: object): Refusal | null {
  if (types.isProxy(value)) return PROXY_REFUSAL;
  if (REFUSE_CAPTURE in value) {
    const refuse: unknown = value[REFUSE_CAPTURE];
    if (typeof refuse === "function") {
      return { reason: String(refuse.call(value)), remedy: "" };
    }
  }
  if (types.isPromise(value)) {
    return cannotLeave("a Promise", "await it before the function uses it");
  }
  if (value instanceof WeakRef) {
    return cannotLeave(
      "a WeakRef",
      "capture the object that it refers to, or make what holds it inside the function",
    );
  }
  if (value instanceof FinalizationRegistry) {
    return cannotLeave("a FinalizationRegistry", "make it inside the function");
  }
  if (types.isGeneratorObject(value)) {
    return cannotLeave(
      "a generator in progress",
      "collect its values into an array first",
    );
  }
  if (types.isMapIterator(value) || types.isSetIterator(value)) {
    return cannotLeave(
      "an iterator in progress",
      "collect its values into an array first",
    );
  }
  if (types.isSharedArrayBuffer(value)) {
    return cannotLeave(
      "a SharedArrayBuffer",
      "copy it into an ArrayBuffer, or use an accumulator to add up",
    );
  }
  if (types.isArgumentsObject(value)) {
    return cannotLeave('the "arguments" object', "copy it into an array first");
  }
  return null;
}

/** What answers with code of its own, whatever it is asked. */
export const PROXY_REFUSAL: Refusal = cannotLeave(
  "a Proxy",
  "capture the object behind it",
);

/** An object of a class that the platform made. */
export function platformRefusal(className: string): Refusal {
  return cannotLeave(withArticle(className), "open it inside the function");
}

/**
 * Whether an object is a stream of a package's own making, as Node's were
 * once: it holds what it waits for, and listeners. The platform's are refused
 * by their classes.
 */
export function isForeignStream(value: object): boolean {
  return ["_writableState", "_readableState"]
    .some((key) => Object.hasOwn(value, key)) &&
    !(value instanceof Readable) && !(value instanceof Writable);
}

/** A stream of a package's class, as loggers are. */
export function streamRefusal(className: string): Refusal {
  return cannotLeave(
    `${withArticle(className)}, which is a stream,`,
    "make it inside the function",
  );
}

/** What a package writes to a file of this machine by. */
export function fileRefusal(className: string): Refusal {
  return cannotLeave(
    `${withArticle(className)}, which writes to an open file,`,
    "log to stdout, which spark.tspark.logs=driver brings to the driver, or make it inside the function",
  );
}

/** Whether an object is a package's stream to a thread, as loggers' transports are. */
export function isThreadStream(value: object): boolean {
  return dataProperty(value, "worker") instanceof Worker;
}

/** What a package writes by from another thread. */
export function threadRefusal(className: string): Refusal {
  return cannotLeave(
    `${
      withArticle(className)
    }, which writes by a thread of its own, as a transport does,`,
    "log to stdout without it, which spark.tspark.logs=driver brings to the driver",
  );
}

/** An object whose class declares private names. */
export function privateRefusal(className: string): Refusal {
  return {
    reason: `an object of class "${className}" has private (#) members, ` +
      "which no other code can read",
    remedy:
      'use TypeScript\'s "private", or make the object inside the function',
    isOfWhole: true,
  };
}

/** A function that the engine or the platform made and that no name leads to. */
export const NATIVE_REFUSAL: Refusal = {
  reason: "a native function of unknown origin cannot leave this process",
  remedy: "call it by its global name, or in a function of your own",
};

/** What CommonJS modules load others with. */
export const REQUIRE_REFUSAL: Refusal = {
  reason: '"require" loads modules where the program runs',
  remedy: "require the module outside of the function",
};

/** An arrow function, or a method, that needs what stood around it. */
export function lexicalRefusal(
  what: string,
  { thisMembers }: Pick<FreeNames, "thisMembers">,
): Refusal {
  switch (what) {
    case "this": {
      const members = destructuring("this", thisMembers);
      return {
        reason: 'an arrow function takes "this" from the function around it, ' +
          "which the engine does not show",
        remedy: members === null
          ? "name it first (const self = this) and use that name"
          : `name what it reads of it first: ${members}`,
      };
    }
    case "arguments":
      return {
        reason:
          'an arrow function takes "arguments" from the function around it, ' +
          "which the engine does not show",
        remedy: "name what you need of it first",
      };
    case "super":
      return {
        reason: 'a method that uses "super" cannot be taken from its object',
        remedy: "call it in an arrow function: (x) => object.method(x)",
      };
    default:
      return {
        reason: `"${what}" belongs to the function around it, ` +
          "which the engine does not show",
        remedy: "name it first and use that name",
      };
  }
}

/** A method that uses private names of a class that is not captured with it. */
export function privateNameRefusal(name: string): Refusal {
  return {
    reason: `it uses "#${name}", a private name of the class around it`,
    remedy: 'pass the value to it, or use TypeScript\'s "private"',
  };
}

/** A variable that `capture()` was not given. */
export function explicitRefusal(name: string): Refusal {
  return {
    reason:
      `capture() takes along what it is given, and "${name}" is not among it`,
    remedy: `add it to the first argument: capture({ ${name} }, …)`,
  };
}

/** A variable that only the making of a class reads: the engine does not keep it. */
export function hiddenRefusal(name: string): Refusal {
  return {
    reason:
      `its class computes a key or a field from "${name}", which the engine does not show`,
    remedy:
      `write the key out, or use "${name}" in a method of the class as well`,
  };
}

/**
 * The statement that takes members out of an object, such as
 * `"const { factor } = self"`; null where members are not all that is used.
 */
export function destructuring(
  object: string,
  members: ReadonlySet<string> | null,
): string | null {
  if (members === null || members.size === 0) return null;
  const names = [...members];
  return names.every((name) => IDENTIFIER.test(name))
    ? `const { ${names.join(", ")} } = ${object}`
    : null;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A variable, or an export of a module, whose declaration has not run. */
export const UNINITIALIZED_REFUSAL: Refusal = {
  reason: "it is not initialized yet",
  remedy: "move its declaration above the action that needs it",
  isUninitialized: true,
};

/**
 * The same with the place of the declaration.
 *
 * @param place such as `"app.ts:12"`
 * @param isElsewhere whether another module declares it than the one that uses it
 */
export function uninitializedRefusal(
  place: string,
  isElsewhere: boolean,
): Refusal {
  return isElsewhere
    ? {
      reason: `it is declared at ${place}, which has not run yet`,
      remedy:
        "modules that import each other run one after the other: run the action once both have run, in a function that is called later",
    }
    : {
      reason: `it is declared at ${place}, below what has run so far`,
      remedy: UNINITIALIZED_REFUSAL.remedy,
    };
}

/** A variable, or an export of a module, that a getter of the program's makes, and that threw. */
export function unreadableRefusal(error: unknown): Refusal {
  const what = isError(error)
    ? `${error.name}: ${error.message}`
    : describeValue(error);
  return {
    reason: `its getter throws "${what}"`,
    remedy: "read it where that works, and name the result",
  };
}

/** A text that the parser does not know. */
export function syntaxRefusal(message: string): Refusal {
  return {
    reason: `its source text cannot be parsed (${message})`,
    remedy: "write it with other syntax",
  };
}

function cannotLeave(what: string, remedy: string): Refusal {
  return { reason: `${what} cannot leave this process`, remedy };
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}
