import { EXIT_CODE } from "../exit_code.ts";
import { Prompt } from "./prompt.ts";
import { showFrame } from "./show_frame.ts";
import { openShellSession } from "./shell_session.ts";

/**
 * Starts Spark and a prompt in this process.
 *
 * @returns the exit code once the prompt has ended and Spark has stopped
 */
export async function openPrompt(): Promise<number> {
  const { interrupts, ...names } = await openShellSession();
  const { spark } = names;
  await new Prompt({
    names,
    show: (value) => showFrame(value, spark),
    interrupt: () => void interrupts.interrupt(),
    press: () => interrupts.press(),
  }).run();
  await spark.stop();
  return EXIT_CODE.ok;
}
