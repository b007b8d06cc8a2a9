import assert from "node:assert/strict";
import type { PseudoTerminal } from "./pseudo_terminal.ts";
import { withTemporaryFolder } from "./temporary_folder.ts";
import { outputWithInput } from "../output_with_input.ts";

/** Starts a prompt in a folder of its own, with these variables and no others. */
export type OpenPrompt = (
  folder: string,
  env: Record<string, string>,
) => PseudoTerminal;

/** What one prompt is asked; `next` opens another one in the same folder. */
type Body = (
  prompt: PseudoTerminal,
  next: () => PseudoTerminal,
) => Promise<void>;

/** Opens a prompt, in a folder with a module of its own, and leaves it at the end. */
export async function atPrompt(open: OpenPrompt, body: Body): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const seven = `${folder}/seven.mjs`;
    await Deno.writeTextFile(seven, "export const seven = 7;");
    const next = (): PseudoTerminal =>
      open(folder, {
        ...Deno.env.toObject(),
        NO_COLOR: "1",
        TSPARK_HISTORY: `${folder}/of_mine/history`,
      });
    const prompt = next();
    await prompt.shows(/^>$/m);
    await body(prompt, next);
    await leave(prompt);
  });
}

async function leave(prompt: PseudoTerminal): Promise<void> {
  prompt.type("\x04");
  assert.equal(await prompt.ended(), 0, prompt.screen());
}

const PIPED = `const twice = (n: number) => {
  return n * 2
}
let late = new Promise((go) => setTimeout(go, 10, twice(4)))
await late
throw new Error("told")
df
twice(await late)
`;

/**
 * Feeds lines to the prompt of `test/cli/programs/prompt.ts` through a pipe.
 *
 * @param command the runtime
 * @param args what it gets
 */
export async function checkPiped(
  command: string,
  args: readonly string[],
): Promise<void> {
  const child = new Deno.Command(command, {
    args: [...args],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { code, stdout, stderr } = await outputWithInput(child, PIPED);
  const [out, err] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert.match(
    out ?? "",
    /^(?:[|.]+ )*8\nUncaught Error: told\n(?: {4}at .*\n)*\| a table \|\n+16\n$/,
    err,
  );
  assert.equal(code, 0);
}

/** What holds of the prompt of `test/cli/programs/prompt.ts` on each runtime, by what is found when it does not. */
export const PROMPT_CHECKS: Readonly<Record<string, Body>> = {
  "Tab completes columns, properties and declared names": async (prompt) => {
    prompt.type('df.col("na\t');
    await prompt.shows(/^> df\.col\("na$/m);
    prompt.type("\t");
    await prompt.shows(/^name +nature$/m);
    prompt.type("t\t");
    await prompt.shows(/^> df\.col\("nature$/m);
    prompt.type("\x03");
    prompt.type("df.filter('1 < oth\t");
    await prompt.shows(/^> df\.filter\('1 < other$/m);
    prompt.type("\x03");
    prompt.type('df.select("name.fi\t');
    await prompt.shows(/^> df\.select\("name\.first$/m);
    prompt.type("\x03");
    prompt.type('df.where("name.parts.te\t');
    await prompt.shows(/^> df\.where\("name\.parts\.text$/m);
    prompt.type("\x03");
    prompt.type('df.where("alias.nat\t');
    await prompt.shows(/^> df\.where\("alias\.nature$/m);
    prompt.type("\x03");
    prompt.type("df.groupBy(\r");
    await prompt.shows(/groupBy\(\n(?:\||\.\.\.)$/);
    prompt.type("'oth\t");
    await prompt.shows(/^(?:\||\.\.\.) 'other$/m);
    prompt.type("\x03");
    prompt.type("df.printSch\t");
    await prompt.shows(/^> df\.printSchema$/m);
    prompt.type("\x03");
    prompt.type("let tally = 4\r");
    await prompt.shows(/tally = 4\nundefined\n>$/);
    prompt.type("tal\t");
    await prompt.shows(/^> tally$/m);
    prompt.type(".toFix\t");
    await prompt.shows(/^> tally\.toFixed$/m);
    prompt.type("(1)\r");
    await prompt.shows(/^'4\.0'\n>$/m);
  },

  "a frame is shown as a table, also what await gives": async (prompt) => {
    prompt.type("df\r");
    await prompt.shows(/^> df\n\| a table \|\n+>$/m);
    prompt.type("[df]\r");
    await prompt.shows(/^\[ DataFrame \]\n>$/m); // in something else it is a name
    prompt.type("const same = df\r");
    await prompt.shows(/> const same = df\nundefined\n>$/);
    prompt.type("await Promise.resolve([same]).then(([x]) => x)\r");
    await prompt.shows(/=> x\)\n\| a table \|\n+>$/);
  },

  "TypeScript, imports, lines that go on and what is pasted": async (
    prompt,
  ) => {
    prompt.type("const many: number = 2\r");
    await prompt.shows(/^undefined\n>$/m);
    prompt.type("function times(n: number): number {\r  return n * many }\r");
    await prompt.shows(/return n \* many }\nundefined\n>$/);
    prompt.type("enum Color { Red = 40 }; times(Color.Red)\r");
    await prompt.shows(/^80\n>$/m);
    prompt.type('import { seven } from "./seven.mjs"; seven\r');
    await prompt.shows(/^7\n>$/m);
    prompt.type(
      "await Promise.resolve()\rlet chain = [5]\r  .map((n: number) => n + 1)\r  .concat(9)\rchain\r",
    );
    await prompt.shows(/^\[ 6, 9 \]\n>$/m);
    prompt.type("{ chain }\r");
    await prompt.shows(/^\{ chain: \[ 6, 9 \] \}\n>$/m);
  },

  "an error that is thrown at once, and one that is awaited, end their line":
    async (prompt) => {
      prompt.type(
        "function fails() {\r  throw new Error('broken') }\rfails()\r",
      );
      await prompt.shows(
        /^Uncaught Error: broken\n {4}at fails \((?:REPL|<anonymous>):2:\d+\)\n>$/m,
      );
      prompt.type("1 + 1\r");
      await prompt.shows(/^2\n>$/m);
      prompt.type("await endless\r");
      await prompt.shows(/> await endless$/);
      prompt.type("never typed\x03");
      await prompt.shows(/^Uncaught Error: Ctrl-C\n>$/m);
    },

  "what was typed is there in the next prompt": async (prompt, next) => {
    prompt.type("40 + 2\r");
    await prompt.shows(/^42\n>$/m);
    const later = next();
    await later.shows(/^>$/m);
    later.type("\x1b[A");
    await later.shows(/^> 40 \+ 2$/m);
    later.type("\r");
    await later.shows(/^42\n>$/m);
    await leave(later);
  },
};
