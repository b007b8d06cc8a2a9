/**
 * Writes what a run found into the part of a page that is kept for it, between
 * `<!-- name -->` and `<!-- /name -->`.
 *
 * @param page the page's address
 * @param name the part's
 * @param text its new text
 * @throws Error when the page has no such part
 */
export async function writePagePart(
  page: URL,
  name: string,
  text: string,
): Promise<void> {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const before = await Deno.readTextFile(page);
  const [head, rest = ""] = before.split(begin);
  const tail = rest.split(end)[1];
  if (tail === undefined) {
    throw new Error(`"${page.pathname}" has no part "${name}"`);
  }
  await Deno.writeTextFile(page, `${head}${begin}\n\n${text}\n\n${end}${tail}`);
}
