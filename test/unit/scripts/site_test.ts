import assert from "node:assert/strict";
import { guidePages } from "../../../scripts/site.ts";

Deno.test("the site's links lead to pages and headings that are there", async () => {
  const pages = new Map(
    (await guidePages()).map((page) => [page.file, page]),
  );
  assert.ok(pages.has("index.html") && pages.has("first_steps.html"));
  const broken: string[] = [];
  for (const { file, body } of pages.values()) {
    for (const [, href = ""] of body.matchAll(/<a href="([^"]*)">/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      const [path = "", hash] = href.split("#", 2);
      const target = pages.get(path === "" ? file : path);
      if (target === undefined) broken.push(`${href} in ${file}`);
      else if (hash !== undefined && !target.body.includes(`id="${hash}"`)) {
        broken.push(`${href} in ${file}: no such heading`);
      }
    }
  }
  assert.deepEqual(broken, []);
});

Deno.test("the site's pages have titles, and code as it was written", async () => {
  const pages = await guidePages();
  assert.deepEqual(pages.slice(0, 2).map(({ title }) => title), [
    "TSpark",
    "First steps",
  ]);
  const first = pages[1]?.body ?? "";
  assert.match(first, /<pre><code class="language-ts">import \{ SparkSession/);
  assert.match(first, /<a href="dataframes\.html">/);
  for (const { file, body } of pages) {
    assert.doesNotMatch(body, /<a href="[^":]*">[^<]*\.md<\/a>/, file);
  }
});
