/**
 * Queries around functions of the program that give what they are given. In
 * each, `i(…)`, `l(…)`, `d(…)`, `s(…)`, `b(…)`, `t(…)`, `a(…)` and `r(…)` are
 * functions over INT, BIGINT, DOUBLE, STRING, BOOLEAN, DATE, ARRAY<INT> and
 * STRUCT<x: INT, y: STRING>; without them, a query means the same.
 *
 * @module
 */

/** The types of the functions, by their names. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  i: "int",
  l: "bigint",
  d: "double",
  s: "string",
  b: "boolean",
  t: "date",
  a: "array<int>",
  r: "struct<x: int, y: string>",
};

/** What the queries read, by name. */
export const VIEWS: Readonly<Record<string, string>> = {
  pairs:
    "VALUES (1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (NULL, 1), (3, NULL), (NULL, NULL) AS pairs(p, q)",
  sales:
    "VALUES ('Java', 2012, 20000), ('dotNET', 2012, 15000), ('dotNET', 2012, 5000), ('dotNET', 2013, 48000), ('Java', 2013, 30000) AS sales(course, year, earned)",
  years: "VALUES (2012, 1), (2013, 2), (2014, 3) AS years(y, n)",
  votes:
    "VALUES (1, true), (1, false), (2, true), (3, false), (3, NULL), (4, NULL), (5, true) AS votes(k, v)",
  points:
    "VALUES (NULL, 1L, 1.0D, DATE'2017-08-01', 'a'), (1, 1L, 1.5D, DATE'2017-08-01', 'a'), (1, 2L, 2.5D, DATE'2017-08-02', 'a'), (2, 2147483650L, 100.001D, DATE'2020-12-31', 'a'), (1, NULL, 1.0D, DATE'2017-08-01', 'b'), (2, 3L, 3.3D, DATE'2017-08-03', 'b'), (3, 2147483650L, 100.001D, DATE'2020-12-31', 'b'), (NULL, NULL, NULL, NULL, NULL), (3, 1L, 1.0D, DATE'2017-08-01', NULL) AS points(n, m, x, day, kind)",
  lefts:
    "VALUES ('one', 1), ('two', 2), ('three', 3), ('none', NULL) AS lefts(word, id)",
  rights:
    "VALUES ('uno', 1), ('due', 2), ('due!', 2), ('cinque', 5), ('niente', NULL) AS rights(parola, id)",
  nested:
    "VALUES (1, ARRAY(1, NULL, 3), NAMED_STRUCT('x', 1, 'y', 'one')), (2, ARRAY(), NAMED_STRUCT('x', NULL, 'y', 'two')), (3, NULL, NULL) AS nested(id, list, pair)",
  nothing: "SELECT p, q FROM pairs WHERE false",
};

/** A query; one that ends in an order has its rows compared in order. */
export const QUERIES: readonly string[] = [
  // projections
  "SELECT i(p), i(q) FROM pairs",
  "SELECT i(p) + i(q), i(p + q), i(i(p) + i(q)) FROM pairs",
  "SELECT i(i(i(p))), i(p), i(i(p)) FROM pairs",
  "SELECT s(concat(s(word), '-', s(CAST(i(id) AS STRING)))) FROM lefts",
  "SELECT l(m), d(x), t(day), s(kind), i(n) FROM points",
  "SELECT a(list), r(pair), r(pair).x, get(a(list), 0), size(a(list)) FROM nested",
  "SELECT i(1), i(NULL), s('text'), d(0.5D), b(true), t(DATE'2020-02-29')",
  "SELECT i(1) + 1 AS one, i(2) AS two FROM range(3)",
  "SELECT DISTINCT i(p) FROM pairs",
  "SELECT DISTINCT i(p) + 1, i(q) IS NULL FROM pairs",
  "SELECT * FROM (SELECT i(p) AS x, q FROM pairs) WHERE x > 1 AND i(q) = 1",
  "SELECT coalesce(i(p), i(q), -1), nullif(i(p), 1), ifnull(i(q), 0) FROM pairs",
  "SELECT explode(a(list)) FROM nested",
  "SELECT id, e FROM nested LATERAL VIEW OUTER explode(a(list)) AS e",
  "SELECT inline(array(r(pair))) FROM nested",
  "SELECT id, posexplode_outer(a(list)) FROM nested",
  // conditions
  "SELECT p, q FROM pairs WHERE i(p) = 2 OR i(q) IS NULL",
  "SELECT p, q FROM pairs WHERE b(p > 1) AND NOT b(q = 1)",
  "SELECT p FROM pairs WHERE i(p) IN (1, 3) AND i(q) BETWEEN 1 AND 2",
  "SELECT p FROM pairs WHERE p IN (i(1), i(2))",
  "SELECT word FROM lefts WHERE s(word) LIKE '%e' OR s(word) RLIKE '^t'",
  "SELECT p FROM pairs WHERE i(p) <=> i(NULL)",
  "SELECT CASE WHEN i(p) = 1 THEN 'one' WHEN i(p) = 2 THEN s('two') ELSE s(NULL) END FROM pairs",
  "SELECT CASE i(p) WHEN i(1) THEN i(q) WHEN 2 THEN -1 END FROM pairs",
  "SELECT if(b(p > 1), i(p), i(q)) FROM pairs",
  "SELECT p FROM pairs WHERE CASE WHEN p IS NULL THEN b(false) ELSE b(p < 3) END",
  // orders and limits
  "SELECT i(p), q FROM pairs ORDER BY i(p), q",
  "SELECT p, q FROM pairs ORDER BY i(p) DESC NULLS LAST, i(q) ASC NULLS FIRST",
  "SELECT i(p) AS x, i(q) AS y FROM pairs ORDER BY x DESC, y DESC LIMIT 4",
  "SELECT word FROM lefts ORDER BY length(s(word)), s(word) LIMIT 2 OFFSET 1",
  // groups
  "SELECT i(p), count(i(q)) FROM pairs GROUP BY p",
  "SELECT i(p), i(CAST(count(q) AS INT)) FROM pairs GROUP BY i(p)",
  "SELECT i(p + 1), count(*) FROM pairs GROUP BY i(p + 1)",
  "SELECT i(p) AS k, sum(i(q)), avg(d(q)), min(i(q)), max(q) FROM pairs GROUP BY k",
  "SELECT count(DISTINCT i(p)), count(DISTINCT i(p), i(q)), count(i(p)) FROM pairs",
  "SELECT l(count(*)), l(sum(i(p))), d(avg(q)), d(stddev(i(p))) FROM pairs",
  "SELECT l(count(*)), i(max(p)) FROM nothing",
  "SELECT i(p), count(*) FROM nothing GROUP BY i(p)",
  "SELECT i(p), i(q), grouping_id(), count(*) FROM pairs GROUP BY CUBE (p, q)",
  "SELECT p, i(sum(q)) FROM (SELECT i(p) AS p, q FROM pairs) GROUP BY ROLLUP (p)",
  "SELECT p, q, l(count(*)) FROM pairs GROUP BY GROUPING SETS ((p), (q), ())",
  "SELECT k, b(every(v)), some(b(v)) FROM votes GROUP BY k",
  "SELECT k, sort_array(collect_list(b(v))), size(collect_set(i(k))) FROM votes GROUP BY k",
  "SELECT sum(i(p)) FILTER (WHERE b(q = 1)), count(*) FILTER (WHERE i(p) > 1) FROM pairs",
  "SELECT first(i(p), true), last(i(q), true) FROM (SELECT * FROM pairs ORDER BY p, q)",
  "SELECT i(p) AS k, percentile(i(q), 0.5), covar_pop(d(p), d(q)) FROM pairs GROUP BY i(p)",
  "SELECT p FROM pairs GROUP BY p HAVING i(p) > 1",
  "SELECT i(p), sum(q) FROM pairs GROUP BY p HAVING l(sum(q)) > 2 OR i(p) IS NULL",
  "SELECT i(p) FROM pairs GROUP BY i(p) HAVING l(count(*)) > 2",
  "SELECT i(1) FROM range(10) HAVING max(l(id)) > 0",
  // joins
  "SELECT word, parola FROM lefts JOIN rights ON i(lefts.id) = rights.id",
  "SELECT word, parola FROM lefts JOIN rights ON i(lefts.id) = i(rights.id)",
  "SELECT word, parola FROM lefts JOIN rights ON i(lefts.id) < i(rights.id)",
  "SELECT word, parola FROM lefts JOIN rights ON i(lefts.id + rights.id) = 3",
  "SELECT word, parola FROM lefts LEFT JOIN rights ON i(lefts.id) = i(rights.id)",
  "SELECT word, parola FROM lefts RIGHT JOIN rights ON i(lefts.id) = rights.id",
  "SELECT s(word), s(parola) FROM lefts FULL JOIN rights ON lefts.id = i(rights.id)",
  "SELECT word FROM lefts LEFT SEMI JOIN rights ON i(lefts.id) = i(rights.id)",
  "SELECT word FROM lefts LEFT ANTI JOIN rights ON i(lefts.id) = i(rights.id)",
  "SELECT s(word), i(years.n) FROM lefts CROSS JOIN years WHERE i(n) > 1",
  "SELECT s(word), parola, i(id) FROM lefts JOIN rights USING (id)",
  "SELECT i(id), word, parola FROM lefts NATURAL JOIN rights",
  "SELECT x.w, y.parola FROM (SELECT s(word) AS w, i(id) AS k FROM lefts) x LEFT JOIN (SELECT parola, i(id) AS k FROM rights) y ON x.k = y.k",
  "SELECT one.p, two.q FROM pairs one JOIN pairs two ON i(one.p) = i(two.q) AND i(one.q) IS NOT NULL",
  "SELECT * FROM lefts JOIN nothing ON i(id) = i(p)",
  "SELECT word, parola FROM lefts, LATERAL (SELECT parola FROM rights WHERE i(rights.id) = 2) r",
  // sets
  "SELECT i(p) FROM pairs EXCEPT SELECT i(q) FROM pairs",
  "SELECT i(p) FROM pairs EXCEPT ALL SELECT i(q) FROM pairs",
  "SELECT p FROM pairs MINUS SELECT i(1)",
  "SELECT i(p), q FROM pairs INTERSECT SELECT i(q), p FROM pairs",
  "SELECT i(p) FROM pairs INTERSECT ALL SELECT q FROM pairs",
  "SELECT i(p) FROM pairs UNION SELECT i(q) FROM pairs",
  "SELECT i(p) FROM pairs UNION ALL SELECT i(id) FROM lefts UNION ALL SELECT 7",
  "SELECT * FROM ((SELECT i(p) AS x FROM pairs) UNION ALL (SELECT i(q) FROM pairs)) WHERE i(x) > 1",
  // subqueries
  "SELECT p FROM pairs WHERE i(p) IN (SELECT i(id) FROM lefts WHERE s(word) <> 'two')",
  "SELECT p FROM pairs WHERE i(p) > (SELECT i(min(q)) FROM pairs)",
  "SELECT word FROM lefts WHERE EXISTS (SELECT 1 FROM rights WHERE i(rights.id) = lefts.id)",
  "SELECT word FROM lefts WHERE id NOT IN (SELECT i(id) FROM rights WHERE id IS NOT NULL)",
  "SELECT word, (SELECT i(max(id)) FROM rights) FROM lefts",
  "SELECT word, (SELECT l(count(*)) FROM rights WHERE rights.id = lefts.id) FROM lefts",
  "WITH w AS (SELECT i(p) AS k, q FROM pairs), v AS (SELECT k, sum(q) AS total FROM w GROUP BY k) SELECT w.k, l(v.total) FROM w JOIN v ON w.k = v.k",
  // pivots
  "SELECT * FROM (SELECT i(year) AS year, course, earned FROM sales) PIVOT (sum(earned) FOR course IN ('dotNET', 'Java'))",
  "SELECT * FROM (SELECT year, s(course) AS course, i(earned) AS earned FROM sales) PIVOT (sum(earned), avg(earned) FOR year IN (2012, 2013))",
  "SELECT * FROM (SELECT course, year, earned, i(n) AS n FROM sales JOIN years ON year = y) PIVOT (sum(earned * n) FOR (course, n) IN (('dotNET', 2), ('Java', 1)))",
  "SELECT * FROM (SELECT course, year, earned FROM sales) PIVOT (l(sum(i(earned))) FOR year IN (2012 AS first, 2013 AS second))",
  "SELECT * FROM (SELECT course, i(2 * earned) AS one, i(earned) AS two FROM sales) UNPIVOT (amount FOR name IN (one, two))",
  // windows
  "SELECT i(n), kind, count(i(n)) OVER (PARTITION BY kind ORDER BY n ROWS CURRENT ROW) FROM points",
  "SELECT n, sum(i(n)) OVER (PARTITION BY s(kind) ORDER BY i(n) RANGE BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM points",
  "SELECT m, l(sum(m) OVER (ORDER BY day, m ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING)) FROM points",
  "SELECT x, rank() OVER w, dense_rank() OVER w, i(row_number() OVER (ORDER BY x, kind, n)) FROM points WINDOW w AS (PARTITION BY s(kind) ORDER BY d(x))",
  "SELECT t(day), lag(t(day)) OVER w, lead(d(x), 1, d(-1D)) OVER w FROM points WINDOW w AS (PARTITION BY kind ORDER BY day, x, n)",
  "SELECT kind, max(d(x)) OVER (), avg(n) OVER (PARTITION BY i(n)) FROM points",
  "SELECT * FROM (SELECT kind, n, row_number() OVER (PARTITION BY s(kind) ORDER BY d(x) DESC, n) AS place FROM points) WHERE i(place) = 1",
  "SELECT kind, sum(sum(i(n))) OVER (ORDER BY s(kind)) FROM points GROUP BY kind",
];

/** Queries that Spark refuses with a function of the program, and how it tells. */
export const REFUSED: readonly (readonly [query: string, error: RegExp])[] = [
  [
    "SELECT transform(list, e -> i(e)) FROM nested",
    /UNSUPPORTED_FEATURE\.LAMBDA_FUNCTION_WITH_PYTHON_UDF|Lambda function with Python UDF|UNEVALUABLE|Cannot evaluate expression|Cannot generate code/i,
  ],
  [
    "SELECT word, parola FROM lefts LEFT JOIN rights ON i(lefts.id + rights.id) = 3",
    /PYTHON_UDF_IN_ON_CLAUSE|Python UDF in the ON clause/i,
  ],
];
