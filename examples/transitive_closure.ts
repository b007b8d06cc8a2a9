/**
 * Transitive closure of a random graph, Spark's own example: which vertices
 * can be reached from which. Shows joins that grow an RDD until it stays the
 * same.
 *
 * `deno run -A examples/transitive_closure.ts [partitions]`
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const partitions = Number(Deno.args[0] ?? 2);
const EDGES = 200;
const VERTICES = 100;

type Edge = [number, number];

/** Random numbers that are the same in every run: Park and Miller's generator. */
function* draws(seed: number): Generator<number, never> {
  for (let x = seed;;) {
    x = x * 16807 % 2147483647;
    yield x / 2147483647;
  }
}

function randomGraph(): Edge[] {
  const random = draws(42);
  const vertex = (): number => Math.floor(random.next().value * VERTICES);
  const edges = new Map<string, Edge>();
  while (edges.size < EDGES) {
    const edge: Edge = [vertex(), vertex()];
    if (edge[0] !== edge[1]) edges.set(edge.join(), edge);
  }
  return [...edges.values()];
}

await using spark = await SparkSession.builder.appName("TransitiveClosure")
  .config("spark.ui.enabled", "false").getOrCreate();

let paths = spark.sparkContext.parallelize(randomGraph(), partitions).cache();

// Joined by its end, a path (x, y) and an edge (y, z) make a path (x, z).
const edges = paths.map(([x, y]): Edge => [y, x]);

let before = -1;
let count = await paths.count();
while (count !== before) {
  before = count;
  const longer = paths.join(edges).map(([, [y, x]]): Edge => [x, y]);
  paths = paths.union(longer).distinct(partitions).cache();
  count = await paths.count();
}
console.log(`TC has ${count} edges`);
