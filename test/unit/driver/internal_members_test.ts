/** What users see of the classes that the library exports, as `deno doc` tells it. */
import assert from "node:assert/strict";

const MODULES = [
  "mod.ts",
  "src/driver/sql/functions/mod.ts",
  "src/testing/mod.ts",
];
/** Words of the library's inside: never a member's name. */
const INSIDE = new Set(
  "runtime node plan gateway jvm java state relation derive step shuffle owner queue capturer"
    .split(" "),
);

interface Member {
  readonly name: string;
  readonly accessibility?: string;
  readonly jsDoc?: { readonly tags?: readonly { readonly kind: string }[] };
}
interface Declaration {
  readonly kind: string;
  readonly def: {
    readonly methods?: readonly Member[];
    readonly properties?: readonly Member[];
  };
}
interface Documented {
  readonly name: string;
  readonly declarations: readonly Declaration[];
}

/** The exported classes of a module, with their members. */
async function classesOf(
  module: string,
): Promise<[name: string, members: Member[]][]> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", module],
    cwd: new URL("../../../", import.meta.url),
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stderr));
  const { nodes } = JSON.parse(decoder.decode(stdout)) as {
    readonly nodes: Record<string, { readonly symbols: Documented[] }>;
  };
  return Object.values(nodes).flatMap(({ symbols }) => symbols)
    .flatMap(({ name, declarations }) =>
      declarations.filter(({ kind }) => kind === "class").map((
        { def },
      ): [string, Member[]] => [
        name,
        [...def.methods ?? [], ...def.properties ?? []],
      ])
    );
}

Deno.test("users see no member of any class that is the library's own", async () => {
  const classes = (await Promise.all(MODULES.map(classesOf))).flat();
  assert.ok(classes.length > 50, `${classes.length} classes`);
  const seen = classes.flatMap(([owner, members]) =>
    members.filter(({ name, accessibility, jsDoc }) => {
      // What has a symbol that nobody exports is offered by no editor.
      if (name.startsWith("[") || accessibility === "private") return false;
      const isInternal = jsDoc?.tags?.some(({ kind }) => kind === "internal");
      return isInternal === true || INSIDE.has(name);
    }).map(({ name }) => `${owner}.${name}`)
  );
  assert.deepEqual(seen, []);
});
