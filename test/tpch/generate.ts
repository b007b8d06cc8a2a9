/**
 * TPC-H's tables by rules of our own, after those of its specification: what a
 * row holds follows from its key alone, so that workers make rows in any order
 * and the same scale gives the same data everywhere.
 *
 * @module
 */
import type { DataFrame, SparkSession } from "../../mod.ts";
import { SCHEMAS, type TableName } from "./schemas.ts";
import {
  ADJECTIVES,
  COLORS,
  CONTAINERS,
  INSTRUCTIONS,
  MODES,
  NATIONS,
  NOUNS,
  PRIORITIES,
  REGIONS,
  SEGMENTS,
  TYPES,
} from "./words.ts";

const MS_PER_DAY = 86_400_000;
const FIRST_DAY = Date.UTC(1992, 0, 1) / MS_PER_DAY;
const ORDER_DAYS = 2406; // up to 151 days before the end of 1998
const TODAY = Date.UTC(1995, 5, 17) / MS_PER_DAY;
const PARTITIONS = 4;

/** How many rows the tables have that grow with the scale. */
interface Sizes {
  readonly suppliers: number;
  readonly customers: number;
  readonly parts: number;
  readonly orders: number;
}

/**
 * Writes all tables as parquet, each into a folder of its name.
 *
 * @param spark who writes them
 * @param folder where to
 * @param scale 1 for about 6 million lines; from 0.001
 */
export async function writeTables(
  spark: SparkSession,
  folder: string,
  scale: number,
): Promise<void> {
  const frames = tables(spark, scale);
  for (const [name, frame] of Object.entries(frames)) {
    await frame.write.parquet(`${folder}/${name}`);
  }
}

/** The tables as frames whose rows the workers make. */
export function tables(
  spark: SparkSession,
  scale: number,
): Record<TableName, DataFrame> {
  const sc = spark.sparkContext;
  const sizes: Sizes = {
    suppliers: Math.round(10_000 * scale),
    customers: Math.round(150_000 * scale),
    parts: Math.round(200_000 * scale),
    orders: Math.round(1_500_000 * scale),
  };
  const rows = (
    count: number,
    make: (key: number) => unknown[],
    partitions: number,
  ) => sc.range(1, count + 1, 1, partitions).map(make);
  const lists = (
    count: number,
    make: (key: number) => unknown[][],
    partitions: number,
  ) => sc.range(1, count + 1, 1, partitions).flatMap(make);
  const frame = (name: TableName, records: ReturnType<typeof rows>) =>
    records.toDF(SCHEMAS[name] as string);
  return {
    region: frame("region", rows(REGIONS.length, region, 1)),
    nation: frame("nation", rows(NATIONS.length, nation, 1)),
    supplier: frame("supplier", rows(sizes.suppliers, supplier, 1)),
    customer: frame("customer", rows(sizes.customers, customer, 2)),
    part: frame("part", rows(sizes.parts, part, 2)),
    partsupp: frame(
      "partsupp",
      lists(sizes.parts, (key) => partSuppliers(key, sizes), 2),
    ),
    orders: frame(
      "orders",
      rows(sizes.orders, (key) => order(key, sizes), PARTITIONS),
    ),
    lineitem: frame(
      "lineitem",
      lists(sizes.orders, (key) => lines(key, sizes), PARTITIONS),
    ),
  };
}

/** A whole number from 0 up to a limit, by a key and what it is for. Peer: the finalizer of MurmurHash3. */
export function draw(key: number, use: number, limit: number): number {
  let hash = Math.imul(key, 0x9e3779b1) ^ Math.imul(use + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % limit;
}

function pick<T>(key: number, use: number, from: readonly T[]): T {
  return from[draw(key, use, from.length)] as T;
}

function money(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function comment(key: number, use: number): string {
  const words = [];
  for (let i = 0; i < 4; i++) {
    words.push(pick(key, use + i, i % 2 === 0 ? ADJECTIVES : NOUNS));
  }
  return words.join(" ");
}

function phone(key: number, nationKey: number): string {
  const digits = (use: number, count: number): string =>
    String(draw(key, use, 10 ** count)).padStart(count, "0");
  return `${nationKey + 10}-${digits(20, 3)}-${digits(21, 3)}-${digits(22, 4)}`;
}

function numbered(name: string, key: number): string {
  return `${name}#${String(key).padStart(9, "0")}`;
}

function date(day: number): Date {
  return new Date(day * MS_PER_DAY);
}

function region(key: number): unknown[] {
  return [key - 1, REGIONS[key - 1], comment(key, 1)];
}

function nation(key: number): unknown[] {
  const [name, regionKey] = NATIONS[key - 1] ?? [];
  return [key - 1, name, regionKey, comment(key, 2)];
}

function supplier(key: number): unknown[] {
  const nationKey = draw(key, 3, NATIONS.length);
  const remark = key % 97 === 13
    ? `${comment(key, 5)} Customer slow Complaints`
    : comment(key, 5);
  return [
    key,
    numbered("Supplier", key),
    `${draw(key, 4, 1000)} Main Street`,
    nationKey,
    phone(key, nationKey),
    money(draw(key, 9, 1_099_999) - 99_999),
    remark,
  ];
}

function customer(key: number): unknown[] {
  const nationKey = draw(key, 10, NATIONS.length);
  return [
    key,
    numbered("Customer", key),
    `${draw(key, 11, 1000)} Side Street`,
    nationKey,
    phone(key, nationKey),
    money(draw(key, 12, 1_099_999) - 99_999),
    pick(key, 13, SEGMENTS),
    comment(key, 14),
  ];
}

function part(key: number): unknown[] {
  const maker = 1 + draw(key, 30, 5);
  return [
    key,
    [31, 32, 33, 34, 35].map((use) => pick(key, use, COLORS)).join(" "),
    `Manufacturer#${maker}`,
    `Brand#${maker}${1 + draw(key, 36, 5)}`,
    TYPES.map((words, i) => pick(key, 37 + i, words)).join(" "),
    1 + draw(key, 40, 50),
    CONTAINERS.map((words, i) => pick(key, 41 + i, words)).join(" "),
    money(retailPrice(key)),
    comment(key, 43),
  ];
}

function retailPrice(partKey: number): number {
  return 90_000 + (Math.floor(partKey / 10) % 20_001) + 100 * (partKey % 1000);
}

/** One of the four suppliers of a part. */
function supplierOf(
  partKey: number,
  which: number,
  { suppliers }: Sizes,
): number {
  const step = Math.floor(suppliers / 4) +
    Math.floor((partKey - 1) / suppliers);
  return (partKey + which * step) % suppliers + 1;
}

function partSuppliers(partKey: number, sizes: Sizes): unknown[][] {
  return [0, 1, 2, 3].map((which) => [
    partKey,
    supplierOf(partKey, which, sizes),
    1 + draw(partKey, 50 + which, 9999),
    money(100 + draw(partKey, 54 + which, 99_901)),
    comment(partKey, 58 + which),
  ]);
}

function orderDay(key: number): number {
  return FIRST_DAY + draw(key, 70, ORDER_DAYS);
}

/** What lines say of money, in cents and percents. */
function priceOf(orderKey: number, line: number, { parts }: Sizes) {
  const key = orderKey * 8 + line;
  const partKey = 1 + draw(key, 80, parts);
  const quantity = 1 + draw(key, 81, 50);
  return {
    key,
    partKey,
    quantity,
    price: quantity * retailPrice(partKey),
    discount: draw(key, 82, 11),
    tax: draw(key, 83, 9),
    shipDay: orderDay(orderKey) + 1 + draw(key, 84, 121),
  };
}

function lineCount(orderKey: number): number {
  return 1 + draw(orderKey, 71, 7);
}

function order(key: number, sizes: Sizes): unknown[] {
  let total = 0;
  let open = 0;
  const count = lineCount(key);
  for (let line = 1; line <= count; line++) {
    const { price, discount, tax, shipDay } = priceOf(key, line, sizes);
    total += Math.round(price * (100 - discount) * (100 + tax) / 10_000);
    if (shipDay > TODAY) open++;
  }
  const status = open === count ? "O" : open === 0 ? "F" : "P";
  // A third of the customers never order.
  const buyers = Math.floor(sizes.customers / 3) * 2;
  const buyer = draw(key, 72, buyers);
  return [
    key,
    Math.floor(buyer / 2) * 3 + buyer % 2 + 1,
    status,
    money(total),
    date(orderDay(key)),
    pick(key, 73, PRIORITIES),
    numbered("Clerk", 1 + draw(key, 74, 1000)),
    0,
    comment(key, 75),
  ];
}

function lines(orderKey: number, sizes: Sizes): unknown[][] {
  const ordered = orderDay(orderKey);
  return Array.from({ length: lineCount(orderKey) }, (_, i) => {
    const priced = priceOf(orderKey, i + 1, sizes);
    const { key, partKey, quantity, price, discount, tax, shipDay } = priced;
    const received = shipDay + 1 + draw(key, 85, 30);
    const flag = received > TODAY ? "N" : draw(key, 86, 2) === 0 ? "R" : "A";
    return [
      orderKey,
      partKey,
      supplierOf(partKey, draw(key, 87, 4), sizes),
      i + 1,
      money(quantity * 100),
      money(price),
      money(discount),
      money(tax),
      flag,
      shipDay > TODAY ? "O" : "F",
      date(shipDay),
      date(ordered + 30 + draw(key, 88, 61)),
      date(received),
      pick(key, 89, INSTRUCTIONS),
      pick(key, 90, MODES),
      comment(key, 91),
    ];
  });
}
