/**
 * `deno task site [folder]`: writes the documentation as a static site: the
 * guides as pages, and under `api/` what `deno doc` makes of the exports.
 *
 * @module
 */
import { Marked, type Tokens } from "marked";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "./npm/run.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Guides in the order in which they are read; all others follow by name. */
const FIRST: readonly string[] = [
  "README",
  "docs/first_steps",
  "docs/quick_starts",
  "docs/dataframes",
  "docs/rdds",
  "docs/streaming",
  "docs/notebooks",
  "docs/plots",
  "docs/testing",
  "docs/debugging",
  "docs/cli",
  "docs/deploying",
  "docs/clusters",
  "docs/troubleshooting",
  "docs/from_pyspark",
  "docs/from_node",
];

/** A page of the site. */
export interface SitePage {
  /** Its file, from the site's folder. */
  readonly file: string;
  /** Its title. */
  readonly title: string;
  /** The page without what is around it. */
  readonly body: string;
}

/**
 * The guides as pages: links between them lead from page to page, and links to
 * files of the repository are left out. A link that is the name of a page's file
 * shows the page's title.
 */
export async function guidePages(): Promise<SitePage[]> {
  const sources = await guides();
  const read = await Promise.all(sources.map(async (source) => {
    const text = await Deno.readTextFile(join(ROOT, `${source}.md`));
    const title = plain(/^# (.*)$/m.exec(text)?.[1] ?? source);
    return { source, file: siteFile(source), title, text };
  }));
  const titles = new Map(read.map(({ file, title }) => [file, title]));
  return await Promise.all(read.map(async ({ source, file, title, text }) => {
    const body = await newMarked(source, titles).parse(text);
    return { file, title, body };
  }));
}

/** Paths of the guides, without their endings. */
async function guides(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(join(ROOT, "docs"))) {
    if (name.endsWith(".md")) names.push(`docs/${name.slice(0, -3)}`);
  }
  const others = names.filter((name) => !FIRST.includes(name)).sort();
  return [...FIRST, ...others];
}

/** `docs/cli` to `cli.html`. */
function siteFile(source: string): string {
  return source === "README"
    ? "index.html"
    : `${source.replace(/^docs\//, "")}.html`;
}

/** @param titles of the pages, by their files */
function newMarked(
  source: string,
  titles: ReadonlyMap<string, string>,
): Marked {
  return new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const html = this.parser.parseInline(tokens);
        return `<h${depth} id="${anchor(html)}">${html}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link): string {
        const html = this.parser.parseInline(tokens);
        const target = linkTarget(href, source, titles);
        if (target === null) return html;
        const title = titles.get(target.replace(/#.*/, "")); // says more than the name of a file
        const text = /^[\w/]+\.md$/.test(html) ? title ?? html : html;
        return `<a href="${target}">${text}</a>`;
      },
    },
  });
}

/** Where a link leads in the site; null for a file that is not in it. */
function linkTarget(
  href: string,
  source: string,
  titles: ReadonlyMap<string, string>,
): string | null {
  if (/^[a-z]+:|^#/.test(href)) return href;
  const [path = "", hash] = href.split("#", 2);
  const from = new URL(`file:///${source}.md`);
  const file = new URL(path, from).pathname.slice(1);
  if (!file.endsWith(".md")) return null;
  const page = siteFile(file.replace(/\.md$/, ""));
  if (!titles.has(page)) return null;
  return hash === undefined ? page : `${page}#${hash}`;
}

/** What leads to a heading, as at GitHub. */
function anchor(html: string): string {
  return plain(html).toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function plain(html: string): string {
  return html.replaceAll(/<[^>]*>|`/g, "").replaceAll(/&[a-z0-9#]+;/g, "");
}

/** A whole page, with the way to all others. */
function wholePage(page: SitePage, pages: readonly SitePage[]): string {
  const links = pages.map(({ file, title }) =>
    file === page.file
      ? `<li><b>${title}</b></li>`
      : `<li><a href="${file}">${title}</a></li>`
  );
  links.splice(
    FIRST.length,
    0,
    `<li><a href="api/index.html">API</a></li>`,
    `<li class="part">In depth</li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} – TSpark</title>
<style>${STYLE}</style>
<a class="menu" href="#pages">All pages</a>
<nav id="pages"><ul>${links.join("\n")}</ul></nav>
<main>${page.body}</main>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { display: flex; gap: 2rem; margin: 0 auto; max-width: 75rem; padding: 1rem; }
nav { flex: 0 0 13rem; font-size: 0.9rem; }
nav ul { list-style: none; margin: 0; max-height: calc(100vh - 2rem); overflow-y: auto; padding: 0; position: sticky; top: 1rem; }
nav .part { font-weight: bold; padding-top: 0.8rem; }
.menu { display: none; }
main { flex: 1; min-width: 0; }
pre, table { overflow-x: auto; display: block; }
table { border-collapse: collapse; }
thead:not(:has(th:not(:empty))) { display: none; }
pre { background: rgba(128, 128, 128, 0.12); border-radius: 6px; padding: 0.8rem; }
code { font: 0.9em ui-monospace, monospace; }
th, td { border-bottom: 1px solid rgba(128, 128, 128, 0.35); padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; vertical-align: top; }
@media (max-width: 50rem) {
  body { flex-direction: column; gap: 1rem; }
  .menu { display: block; }
  nav { flex: none; order: 1; }
  nav ul { max-height: none; position: static; }
}
`;

if (import.meta.main) {
  const { positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
  });
  const folder = positionals[0] ?? join(ROOT, "site");
  await Deno.mkdir(folder, { recursive: true });
  const pages = await guidePages();
  for (const page of pages) {
    await Deno.writeTextFile(join(folder, page.file), wholePage(page, pages));
  }
  for await (const { name } of Deno.readDir(join(ROOT, "docs"))) {
    if (!name.endsWith(".svg")) continue;
    await Deno.copyFile(join(ROOT, "docs", name), join(folder, name));
  }
  const config: { exports: Record<string, string> } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  const modules = Object.entries(config.exports)
    .filter(([name]) => name !== "./cli").map(([, file]) => file);
  await run(Deno.execPath(), [
    ...["doc", "--html", "--name=TSpark"],
    ...[`--output=${join(folder, "api")}`, ...modules],
  ], ROOT);
  console.log(`Wrote ${pages.length} pages and the API into ${folder}`);
}
