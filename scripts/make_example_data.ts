/**
 * Makes the files of `examples/data` that are not a book, always the same:
 * `deno run --allow-write=examples/data scripts/make_example_data.ts`.
 *
 * - `points.txt`: 300 points of three coordinates, in turn around three centers,
 *   up to 2 away from them in each coordinate
 * - `labelled_points.txt`: 400 points of five coordinates, in turn of labels -1
 *   and 1, up to 1 away from -0.7 or 0.7 in each coordinate
 * - `links.txt`: 40 pages with up to three links each, more of them to pages with
 *   low numbers
 * - `sales.csv`: 600 sales of a year, two of which are malformed
 *
 * @module
 */

const CENTERS = [[0, 0, 0], [9, 9, 0], [0, 9, 9]];
const PAGES = 40;
const LINKS = 3; // of a page; those to itself and those drawn twice are left out

/** The files' contents by name. */
export function exampleData(): Readonly<Record<string, string>> {
  return {
    "points.txt": text(points()),
    "labelled_points.txt": text(labelledPoints()),
    "links.txt": text(links()),
    "sales.csv": text(sales()),
  };
}

function text(lines: readonly string[]): string {
  return lines.join("\n") + "\n";
}

/** Random numbers that are the same in every run: Park and Miller's generator. */
function* draws(seed: number): Generator<number, never> {
  for (let x = seed;;) {
    x = x * 16807 % 2147483647;
    yield x / 2147483647;
  }
}

/** A point up to a distance away from another in each coordinate. */
function near(
  point: readonly number[],
  distance: number,
  random: Iterator<number>,
): string {
  return point
    .map((x) => (x + (random.next().value * 2 - 1) * distance).toFixed(3))
    .join(" ");
}

function points(): string[] {
  const random = draws(11);
  return Array.from(
    { length: 300 },
    (_, i) => near(CENTERS[i % CENTERS.length] ?? [], 2, random),
  );
}

function labelledPoints(): string[] {
  const random = draws(13);
  return Array.from({ length: 400 }, (_, i) => {
    const label = i % 2 === 0 ? -1 : 1;
    const center = new Array<number>(5).fill(label * 0.7);
    return `${label} ${near(center, 1, random)}`;
  });
}

function links(): string[] {
  const random = draws(7);
  const lines: string[] = [];
  for (let from = 1; from <= PAGES; from++) {
    const targets = new Set<number>();
    for (let i = 0; i < LINKS; i++) {
      targets.add(1 + Math.floor(random.next().value ** 2 * PAGES));
    }
    targets.delete(from);
    const ascending = [...targets].toSorted((a, b) => a - b);
    for (const to of ascending) lines.push(`page${from} page${to}`);
  }
  return lines;
}

const CITIES = ["Cairo", "Lima", "Oslo", "Rome"];
const PRICES: readonly (readonly [product: string, price: number])[] = [
  ["kettle", 29.9],
  ["lamp", 45],
  ["mug", 6.5],
  ["radio", 89.99],
];

function sales(): string[] {
  const random = draws(17);
  const draw = (below: number): number =>
    Math.floor(random.next().value * below);
  const lines = Array.from({ length: 600 }, (_, i) => {
    const month = String(1 + draw(12)).padStart(2, "0");
    const day = String(1 + draw(28)).padStart(2, "0");
    const [product = "", price = 0] = PRICES[draw(PRICES.length)] ?? [];
    const quantity = i % 250 === 100 ? "many" : 1 + draw(9);
    const city = CITIES[draw(CITIES.length)];
    return `${
      i + 1
    },2026-${month}-${day},${city},${product},${quantity},${price}`;
  });
  return ["id,day,city,product,quantity,price", ...lines];
}

if (import.meta.main) {
  const folder = new URL("../examples/data/", import.meta.url);
  for (const [name, contents] of Object.entries(exampleData())) {
    await Deno.writeTextFile(new URL(name, folder), contents);
  }
}
