import assert from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const CONFIG = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
const RUNNER = `npx -y deno@${
  /deno@(\d+\.\d+\.\d+)/.exec(
    Deno.readTextFileSync(new URL("CONTRIBUTING.md", ROOT)),
  )?.[1]
} `;

/** Commands in the blocks of a page, comments left out. */
function commandsOf(page: string): string[] {
  const text = Deno.readTextFileSync(new URL(page, ROOT));
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) =>
    block.split("\n").map((line) => line.replace(/ +#.*$/, "").trim())
      .filter((line) => line !== "")
  );
}

Deno.test("every command of README.md needs Node alone, and names what is here", () => {
  const commands = commandsOf("README.md");
  assert.ok(commands.length >= 5);
  for (const command of commands) {
    assert.ok(command.startsWith(RUNNER), command);
    const [verb = "", ...words] = command.slice(RUNNER.length).split(" ");
    if (verb === "task") {
      assert.ok(words[0] !== undefined && words[0] in CONFIG.tasks, command);
      continue;
    }
    assert.equal(verb, "run", command);
    const file = words.find((word) => !word.startsWith("-")) ?? "";
    // The reader has just saved this one.
    if (file !== "count.ts") {
      assert.ok(Deno.statSync(new URL(file, ROOT)).isFile, command);
    }
  }
});

Deno.test("links of the pages lead to files that are there", () => {
  const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].concat(
    [...Deno.readDirSync(new URL("docs/", ROOT))]
      .filter(({ name }) => name.endsWith(".md"))
      .map(({ name }) => `docs/${name}`),
  );
  for (const page of pages) {
    const url = new URL(page, ROOT);
    const text = Deno.readTextFileSync(url)
      .replace(/^```.*?^```/gms, "").replace(/`[^`]*`/g, "");
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:|^#/.test(link)) continue;
      const target = new URL(link.replace(/#.*$/, ""), url);
      assert.ok(isThere(target), `${link} in ${page}`);
    }
  }
});

function isThere(url: URL): boolean {
  try {
    Deno.statSync(url);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
