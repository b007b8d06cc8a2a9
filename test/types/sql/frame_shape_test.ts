/**
 * The shapes that transformations leave: what the compiler must make of them.
 * Checked by `deno check`; nothing here runs.
 */
import type { AmbiguousColumn } from "../../../src/driver/sql/typing/shape.ts";
import { type Equal, holds } from "../equal.ts";
import {
  type Column,
  type DataFrame as Frame,
  type Decimal,
  decimal,
  functions,
} from "../../../mod.ts";

interface Address {
  city: string;
  zip: number | null;
}

interface Person {
  name: string;
  age: number | null;
  address: Address | null;
  tags: string[] | null;
  homes: Address[];
  at: Date;
  scores: Map<string, number>;
  "a.b": bigint;
}

interface Order {
  name: string;
  size: number;
}

type Rows<F> = F extends Frame<infer S> ? S : never;

const { col, lit, sum } = functions;

/** Never called. */
export function selecting(p: Frame<Person>): void {
  // Names, paths into structs and into the structs of arrays, names with dots.
  const byName = p.select("name", "address.city", "homes.zip", "`a.b`");
  holds<
    Equal<
      Rows<typeof byName>,
      {
        name: string;
        city: string | null;
        zip: (number | null)[];
        "a.b": bigint;
      }
    >
  >();

  // Columns by their names, listed or picked by a function.
  const next = p.select("name", p.col("age").plus(1).as("next"));
  holds<Equal<Rows<typeof next>, { name: string; next: number | null }>>();
  const picked = p.select((c) => [c.name, c.age.plus(1).as("next")]);
  holds<Equal<Rows<typeof picked>, { name: string; next: number | null }>>();

  // Stars, of all columns and of a struct that may be null.
  const all = p.select("*", lit(1).as("one"));
  holds<
    Equal<
      Rows<typeof all>,
      {
        name: string;
        age: number | null;
        address: Address | null;
        tags: string[] | null;
        homes: Address[];
        at: Date;
        scores: Map<string, number>;
        "a.b": bigint;
        one: number;
      }
    >
  >();
  const fields = p.select("name", "address.*");
  holds<
    Equal<
      Rows<typeof fields>,
      { name: string; city: string | null; zip: number | null }
    >
  >();

  // An expression without a name opens the shape and closes nothing.
  const open = p.select("name", p.col("age").plus(1));
  holds<Equal<Rows<typeof open>["name"], string>>();
  holds<Equal<Rows<typeof open>["(age + 1)"], unknown>>();
  const reopened = open.select("name", "(age + 1)");
  holds<
    Equal<Rows<typeof reopened>, { name: string; "(age + 1)": unknown }>
  >();

  // A name that is known only when the program runs.
  const late = p.select("name" as string as "name");
  holds<Equal<Rows<typeof late>, { name: string }>>();

  // @ts-expect-error no column of that name
  p.select("nme");
  // @ts-expect-error no field of that name
  p.select("address.street");
  // @ts-expect-error a list of texts has no fields
  p.select("tags.length");
  // @ts-expect-error a Date is a value
  p.select("at.getTime");
  // @ts-expect-error a dot leads into a struct, unless within backticks
  p.select("a.b");
  // @ts-expect-error no column of that name
  p.select((c) => [c.nme]);
  // @ts-expect-error a number beside a text
  p.where((c) => c.age.gt("x"));
}

/** Never called. */
export function changing(p: Frame<Order>): void {
  const more = p.withColumn("double", (c) => c.size.plus(c.size));
  holds<
    Equal<Rows<typeof more>, { name: string; size: number; double: number }>
  >();
  const other = p.withColumn("size", (c) => c.name);
  holds<Equal<Rows<typeof other>, { name: string; size: string }>>();
  const several = p.withColumns({ size: lit("x"), at: lit(new Date()) });
  holds<
    Equal<Rows<typeof several>, { name: string; size: string; at: Date }>
  >();

  const renamed = p.withColumnRenamed("name", "title");
  holds<Equal<Rows<typeof renamed>, { title: string; size: number }>>();
  const all = p.withColumnsRenamed({ name: "title", size: "length" });
  holds<Equal<Rows<typeof all>, { title: string; length: number }>>();

  const less = p.drop("size");
  holds<Equal<Rows<typeof less>, { name: string }>>();
  const byColumn = p.drop(p.col("name"));
  holds<Equal<Rows<typeof byColumn>, { size: number }>>();

  // @ts-expect-error no column of that name
  p.withColumnRenamed("nme", "title");
  // @ts-expect-error no column of that name
  p.drop("nme");

  // A name that is known only when the program runs opens the shape.
  const late = p.withColumn("x" as string, lit(1));
  holds<Equal<Rows<typeof late>, { [name: string]: unknown }>>();
}

interface Left {
  id: number;
  l: string;
}

interface Right {
  id: number;
  r: Date;
}

/** Never called. */
export function joining(l: Frame<Left>, r: Frame<Right>): void {
  const on = l.col("id").eq(r.col("id"));

  // The names of USING come once; a side without a partner is null.
  const inner = l.join(r, ["id"]);
  holds<Equal<Rows<typeof inner>, { id: number; l: string; r: Date }>>();
  const one = l.join(r, "id", "left");
  holds<Equal<Rows<typeof one>, { id: number; l: string; r: Date | null }>>();
  const right = l.join(r, ["id"], "right_outer");
  holds<
    Equal<Rows<typeof right>, { id: number; l: string | null; r: Date }>
  >();
  const full = l.join(r, ["id"], "full");
  holds<
    Equal<
      Rows<typeof full>,
      { id: number; l: string | null; r: Date | null }
    >
  >();
  const semi = l.join(r, ["id"], "left_semi");
  holds<Equal<Rows<typeof semi>, Left>>();
  const anti = l.join(r, on, "anti");
  holds<Equal<Rows<typeof anti>, Left>>();

  // Two columns of one name stay two: no name chooses one.
  const both = l.join(r, on, "left");
  holds<
    Equal<
      Rows<typeof both>,
      { id: AmbiguousColumn<number, number | null>; l: string; r: Date | null }
    >
  >();
  // @ts-expect-error which of them?
  both.select("id");
  const chosen = both.alias("b").select("b.id", "b.l");
  holds<Equal<Rows<typeof chosen>, { id: number | null; l: string }>>();
  const dropped = both.drop(r.col("id"));
  holds<
    Equal<
      Rows<typeof dropped>,
      { id: number | null; l: string; r: Date | null }
    >
  >();
  const neither = both.drop("id");
  holds<Equal<Rows<typeof neither>, { l: string; r: Date | null }>>();
  const renamed = l.join(r.withColumnRenamed("id", "rid"), on, "outer");
  holds<
    Equal<
      Rows<typeof renamed>,
      {
        id: number | null;
        l: string | null;
        r: Date | null;
        rid: number | null;
      }
    >
  >();
  const again = both.join(r, on, "full");
  holds<
    Equal<
      Rows<typeof again>["r"],
      AmbiguousColumn<Date | null, Date | null>
    >
  >();

  // @ts-expect-error the right side has no such column
  l.join(r, ["l"]);
  // @ts-expect-error no kind of join
  l.join(r, ["id"], "outher");
}

/** Never called. */
export function grouping(p: Frame<Person>): void {
  const total = p.groupBy("name").agg(sum(p.col("age")).as("total"));
  holds<Equal<Rows<typeof total>, { name: string; total: number | null }>>();
  const picked = p.groupBy("address.city", p.col("age"))
    .agg((c) => [sum(c.age).as("total")]);
  holds<
    Equal<
      Rows<typeof picked>,
      { city: string | null; age: number | null; total: number | null }
    >
  >();
  const counted = p.groupBy("name").count();
  holds<Equal<Rows<typeof counted>, { name: string; count: number }>>();
  const pivoted = p.groupBy("name").pivot("age", [1, 2])
    .agg((c) => [sum(c.age).as("total")]);
  holds<
    Equal<Rows<typeof pivoted>, { [name: string]: unknown; name: string }>
  >();
  const pivotedSum = p.groupBy("name").pivot("address.city").sum("age");
  holds<
    Equal<Rows<typeof pivotedSum>, { [name: string]: unknown; name: string }>
  >();
  const byPlace = p.groupBy(1).agg((c) => [sum(c.age).as("total")]);
  holds<Equal<Rows<typeof byPlace>["total"], number | null>>();
  holds<Equal<Rows<typeof byPlace>["name"], unknown>>();
  const shortcuts = p.groupBy().max("age", "a.b");
  void shortcuts;
  const summed = p.groupBy("name").sum("age");
  holds<
    Equal<Rows<typeof summed>, { name: string; "sum(age)": number | null }>
  >();
  // @ts-expect-error texts have no sum
  p.groupBy("name").sum("name");
  // @ts-expect-error no column of that name
  p.groupBy("nme");
}

/** Never called. */
export function uniting(l: Frame<Left>, r: Frame<Right>): void {
  const ids = l.select("id").union(r.select("id"));
  holds<Equal<Rows<typeof ids>, { id: number }>>();
  const nulls = l.select("id").union(l.select(lit<number | null>(1).as("id")));
  holds<Equal<Rows<typeof nulls>, { id: number | null }>>();
  const all = l.unionByName(r, true);
  holds<
    Equal<Rows<typeof all>, { id: number; l: string | null; r: Date | null }>
  >();
  // @ts-expect-error other columns
  l.union(r);
  // @ts-expect-error other types
  l.select("id").union(l.select(lit("x").as("id")));
}

/** Never called. */
export function untyped(u: Frame, p: Frame<Order>): void {
  const some = u.select("a", "b.c", col("x").plus(1).as("d"));
  holds<Equal<Rows<typeof some>, { a: unknown; c: unknown; d: unknown }>>();
  const more = u.withColumn("k", lit(1)).drop("z").withColumnRenamed("y", "z");
  holds<Equal<Rows<typeof more>["k"], number>>();
  holds<Equal<Rows<typeof more>["other"], unknown>>();
  u.where((c) => c["age"]!.gt(5)).where(col("x").gt("q"));
  u.groupBy("a", "b").agg((c) => [sum(c["x"]!).as("s")]);
  u.orderBy("a", col("b").desc()).na.drop({ subset: "c" }).na.fill(0, ["d"]);
  const joined = p.join(u, ["name"], "left");
  holds<Equal<Rows<typeof joined>["size"], number>>();
  holds<Equal<Rows<typeof joined>["anything"], unknown>>();
  const united = p.union(u);
  holds<Equal<Rows<typeof united>, { [name: string]: unknown }>>();
}

interface Bill {
  price: Decimal | null;
  tax: Decimal;
}

/** Never called. */
export function decimals(bills: Frame<Bill>, anything: Frame): void {
  const { lit } = functions;
  const exact = lit("1.50", "decimal(10,2)");
  holds<Equal<typeof exact, Column<Decimal>>>();
  const total = bills.select((c) => [
    c.price.plus(c.tax).times(exact).as("total"),
  ]);
  holds<Equal<Rows<typeof total>, { total: Decimal | null }>>();
  bills.where((c) => c.price.gt(exact).and(c.tax.ne(null)));
  anything.where((c) => c["price"]!.gt(decimal("1.50")));
  // @ts-expect-error Spark would take the text for a text, and compare doubles
  bills.where((c) => c.price.eq(decimal("1.50")));
  // @ts-expect-error a literal without its type is the same text
  bills.where((c) => c.price.eq(lit(decimal("1.50"))));
  // @ts-expect-error 2.5 is a double
  bills.where((c) => c.price.eq(2.5));
}

interface Gaps {
  id: number;
  size: number | null;
  price: Decimal | null;
  name: string | null;
  ok: boolean | null;
  at: Date | null;
}

/** Never called. */
export function filling(g: Frame<Gaps>): void {
  const none = g.na.drop();
  holds<
    Equal<
      Rows<typeof none>,
      {
        id: number;
        size: number;
        price: Decimal;
        name: string;
        ok: boolean;
        at: Date;
      }
    >
  >();
  const some = g.dropna({ subset: ["size", "name"] });
  holds<Equal<Rows<typeof some>["size"], number>>();
  holds<Equal<Rows<typeof some>["at"], Date | null>>();
  const all = g.na.drop({ how: "all" });
  holds<Equal<Rows<typeof all>, Gaps>>();
  const thresh = g.na.drop({ thresh: 2, subset: "size" });
  holds<Equal<Rows<typeof thresh>, Gaps>>();

  const numbers = g.na.fill(0);
  holds<Equal<Rows<typeof numbers>["size"], number>>();
  holds<Equal<Rows<typeof numbers>["price"], Decimal>>();
  holds<Equal<Rows<typeof numbers>["name"], string | null>>();
  const texts = g.fillna("none");
  holds<Equal<Rows<typeof texts>["name"], string>>();
  holds<Equal<Rows<typeof texts>["price"], Decimal | null>>();
  const chosen = g.na.fill(0, ["size"]);
  holds<Equal<Rows<typeof chosen>["size"], number>>();
  holds<Equal<Rows<typeof chosen>["price"], Decimal | null>>();
  const each = g.fillna({ name: "none", ok: false });
  holds<Equal<Rows<typeof each>["name"], string>>();
  holds<Equal<Rows<typeof each>["ok"], boolean>>();
  holds<Equal<Rows<typeof each>["size"], number | null>>();
  // @ts-expect-error no column of that name
  g.na.fill({ nme: "none" });
  // @ts-expect-error no column of that name
  g.na.drop({ subset: ["nme"] });
  // @ts-expect-error no column of that name
  g.orderBy("nme");

  const sums = g.groupBy("ok").sum("price", "size");
  holds<Equal<Rows<typeof sums>["sum(price)"], Decimal | null>>();
  holds<Equal<Rows<typeof sums>["sum(size)"], number | null>>();
  const averages = g.groupBy("ok").avg("price");
  holds<Equal<Rows<typeof averages>["avg(price)"], Decimal | null>>();
}

/** Never called. */
export function reshaping(
  l: Frame<{ id: number; a: string; b: number }>,
): void {
  const long = l.unpivot(["id"], ["a", "b"], "name", "value");
  holds<
    Equal<
      Rows<typeof long>,
      { id: number; name: string; value: string | number }
    >
  >();
  const rest = l.melt(["id", "a"], null, "name", "value");
  holds<
    Equal<
      Rows<typeof rest>,
      { id: number; a: string; name: string; value: number }
    >
  >();
  const named = l.toDF("x", "y", "z");
  holds<Equal<Rows<typeof named>, { x: unknown; y: unknown; z: unknown }>>();
  const indexed = l.zipWithIndex();
  holds<Equal<Rows<typeof indexed>["index"], number>>();
  const summary = l.describe("b");
  holds<Equal<Rows<typeof summary>["summary"], string>>();
  holds<Equal<Rows<typeof summary>["b"], string | null>>();
}

/** Never called. */
export function averaging(f: Frame<{ price: Decimal; n: number }>): void {
  const { avg, try_avg } = functions;
  const averages = f.agg(
    avg(f.col("price")).as("price"),
    avg(f.col("n")).as("n"),
    try_avg(f.col("price")).as("tried"),
  );
  holds<
    Equal<
      Rows<typeof averages>,
      { price: Decimal | null; n: number | null; tried: Decimal | null }
    >
  >();
}
