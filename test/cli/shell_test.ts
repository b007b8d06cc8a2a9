import {
  atPrompt,
  checkPiped,
  type OpenPrompt,
  PROMPT_CHECKS,
} from "./prompt_checks.ts";
import { PseudoTerminal } from "./pseudo_terminal.ts";
import { CONFIG } from "./tspark.ts";

const PROGRAM = new URL("programs/prompt.ts", import.meta.url).pathname;
const ARGS = ["run", "--quiet", "--allow-all", `--config=${CONFIG}`, PROGRAM];

const open: OpenPrompt = (cwd, env) =>
  new PseudoTerminal(Deno.execPath(), ARGS, { cwd, env });

for (const [behavior, check] of Object.entries(PROMPT_CHECKS)) {
  Deno.test(`shell: ${behavior}`, () => atPrompt(open, check));
}

Deno.test("shell: lines from a pipe are evaluated one after the other", () =>
  checkPiped(Deno.execPath(), ARGS));

Deno.test("shell: variables can be declared again, what the shell brings cannot be lost", () =>
  atPrompt(open, async (prompt) => {
    prompt.type("let a = 1\rlet a = { again: 2 }\ra\r");
    await prompt.shows(/^\{ again: 2 \}\n>$/m);
    prompt.type("df = 1\r");
    await prompt.shows(
      /^Uncaught TypeError: Assignment to constant variable\.\n>$/m,
    );
    prompt.type("a b\r");
    await prompt.shows(/^Uncaught SyntaxError: Unexpected identifier 'b'\n>$/m);
    prompt.type("throw null\r");
    await prompt.shows(/^Uncaught Error: null was thrown\n>$/m);
  }));
