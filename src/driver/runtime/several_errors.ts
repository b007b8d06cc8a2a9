import { errorMessage } from "../../common/error_message.ts";
import { SparkError } from "../../common/errors.ts";

/**
 * One error for all that went wrong before an action, or as the application
 * ended, and that nobody awaited.
 *
 * @param errors what was thrown, in the order of the program; at least one
 * @returns the error itself when there is one, else `COMMANDS_FAILED`
 */
export function joinErrors(errors: readonly unknown[]): unknown {
  if (errors.length === 1) return errors[0];
  const texts = errors.map(errorMessage);
  return new SparkError(
    "COMMANDS_FAILED",
    `Cannot go on: ${errors.length} operations before this failed, and nobody awaited them:\n- ${
      texts.join("\n- ")
    }`,
    { count: errors.length },
    { cause: new AggregateError(errors) },
  );
}

/**
 * Waits for all.
 *
 * @param works what goes on
 * @throws the one error, or `COMMANDS_FAILED` for several; see {@link joinErrors}
 */
export async function settleAll(
  works: readonly Promise<unknown>[],
): Promise<void> {
  const ends = await Promise.allSettled(works);
  const errors = ends.flatMap((end) =>
    end.status === "rejected" ? [end.reason] : []
  );
  if (errors.length > 0) throw joinErrors(errors);
}
