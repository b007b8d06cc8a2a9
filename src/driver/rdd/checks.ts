import { closestName } from "../../common/closest_name.ts";
import { describeValue } from "../../common/describe_value.ts";
import { showValue } from "../../common/show_value.ts";
import type { RddPlan } from "./plan/rdd_plan.ts";

/**
 * Refuses a number of partitions that Spark cannot make.
 *
 * @param operation the operation, for the message
 * @param partitions the number
 * @throws RangeError for anything but a whole number from 1 on
 */
export function checkPartitions(operation: string, partitions: number): void {
  if (
    !Number.isInteger(partitions) || partitions < 1 || partitions >= 2 ** 31
  ) {
    throw new RangeError(
      `Cannot run ${operation} with ${
        showValue(partitions)
      } partitions: give a whole number from 1 on`,
    );
  }
}

/**
 * Refuses what is no path: what the compiler refuses may still come from a
 * program that nobody compiled.
 *
 * @param operation the operation, for the message
 * @param path what was given
 * @param example a path that such an operation takes
 * @throws TypeError for anything but a text that is not empty
 */
export function checkPath(
  operation: string,
  path: unknown,
  example: string = "logs/*.txt",
): void {
  if (typeof path === "string" && path !== "") return;
  throw new TypeError(
    `Cannot run ${operation} on ${
      describeValue(path)
    }: it is no path; give a text such as "${example}"`,
  );
}

/**
 * Refuses a number of records that cannot be taken.
 *
 * @param num the number
 * @throws RangeError for anything but a whole number from 0 on
 */
export function checkCount(num: number): void {
  if (Number.isInteger(num) && num >= 0) return;
  throw new RangeError(
    `Cannot take ${showValue(num)} records: give a whole number from 0 on`,
  );
}

/**
 * Refuses what is neither true nor false: an object would count as true,
 * whatever it holds.
 *
 * @param operation the operation, for the message
 * @param name the parameter's name
 * @param value what was given
 * @throws TypeError for anything but a boolean
 */
export function checkFlag(
  operation: string,
  name: string,
  value: unknown,
): void {
  if (typeof value === "boolean") return;
  throw new TypeError(
    `Cannot run ${operation} with ${name} ${
      showValue(value)
    }: give true or false`,
  );
}

/**
 * Refuses options that an operation does not know: programs that nobody
 * compiles misspell them.
 *
 * @param operation the operation, for the message
 * @param options what was given
 * @param known the names of its options
 * @throws TypeError for another name, and for what is no object
 */
export function checkOptions(
  operation: string,
  options: unknown,
  known: readonly string[],
): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `Cannot run ${operation} with ${
        showValue(options)
      } for options: give an object`,
    );
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = closestName(unknown, known);
  throw new TypeError(
    `Cannot run ${operation} with the option "${unknown}": it takes ${
      known.join(", ")
    }; ${meant === null ? "leave it out" : `write "${meant}"`}`,
  );
}

/**
 * Refuses what is not a function, or may await, at the place where it was written.
 *
 * @param operation the operation, for the message
 * @param f what was given
 * @throws TypeError when it is not a function, or is an `async` one: the
 *   operation does not wait for promises
 */
export function checkFunction(operation: string, f: unknown): void {
  checkAnyFunction(operation, f);
  if (!isAsyncFunction(f)) return;
  throw new TypeError(
    `Cannot run ${operation} with an async function: it does not wait for promises; use mapAsync(), flatMapAsync(), foreachAsync() or mapPartitions() for functions that await`,
  );
}

/**
 * Refuses what is not a function, at the place where it was written.
 *
 * @param operation the operation, for the message
 * @param f what was given
 * @throws TypeError when it is not a function
 */
export function checkAnyFunction(operation: string, f: unknown): void {
  if (typeof f !== "function") {
    throw new TypeError(
      `Cannot run ${operation} with a ${
        f === null ? "null" : typeof f
      } for a function: give a function`,
    );
  }
}

/** Whether a function was written `async`, so that it may await. */
export function isAsyncFunction(f: unknown): boolean {
  const tag = Object.prototype.toString.call(f);
  return tag === "[object AsyncFunction]" ||
    tag === "[object AsyncGeneratorFunction]";
}

/** An error about what is given for an RDD, in a program that nobody compiles. */
export function noRdd(given: unknown): TypeError {
  return new TypeError(
    `Cannot use ${
      describeValue(given)
    } as an RDD: it is none; give an RDD, such as one of sc.parallelize()`,
  );
}

/**
 * Refuses an RDD of another application.
 *
 * @param operation the operation, for the message
 * @throws TypeError when the two do not share an application
 */
export function checkSameContext(
  operation: string,
  one: RddPlan,
  other: RddPlan,
): void {
  if (one.runtime === other.runtime) return;
  throw new TypeError(
    `Cannot run ${operation} over RDDs of two applications: make both with the same SparkContext`,
  );
}
