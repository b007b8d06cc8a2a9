/** The reference system of a spatial type whose values have their own. */
const MIXED_CRS = "SRID:ANY";

/** Identifiers of reference systems that are not EPSG's number. */
const NAMED: readonly (readonly [srid: string, crs: string])[] = [
  ["any", MIXED_CRS],
  ["0", "SRID:0"],
  ["4267", "OGC:CRS27"],
  ["4269", "OGC:CRS83"],
  ["4326", "OGC:CRS84"],
];

/** The reference system, as Spark's JSON names it, of an identifier in SQL: a number, or `any`. */
export function crsOf(srid: string): string {
  const text = srid.toLowerCase();
  return NAMED.find(([named]) => named === text)?.[1] ??
    `EPSG:${Number(text)}`;
}

/** The identifier in SQL of a reference system that Spark's JSON names; the name itself where there is none. */
export function sridOf(crs: string): string {
  return NAMED.find(([, named]) => named === crs)?.[0] ??
    /^[A-Za-z]+:(\d+)$/.exec(crs)?.[1] ?? crs;
}
