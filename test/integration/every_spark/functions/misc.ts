import { functions as F } from "../../../../mod.ts";
import type { FunctionCase } from "./function_case.ts";

const KEY = F.lit("0000111122223333");
const SECRET = F.aes_encrypt("s", KEY, F.lit("ECB"), F.lit("PKCS"));
const SECRET_SQL = "aes_encrypt(s, '0000111122223333', 'ECB', 'PKCS')";
const SEALED_SQL =
  "aes_encrypt(s, '0000111122223333', 'GCM', 'DEFAULT', unhex('000000000000000000000000'), 'aad')";
const GEOMETRY = F.st_geomfromwkb("wkb");

/** Choices, hashes, what a query knows of itself, vectors, geometry. */
export const MISC: readonly FunctionCase[] = [
  [
    "aes_decrypt",
    F.aes_decrypt(SECRET, KEY, F.lit("ECB"), F.lit("PKCS")),
    `aes_decrypt(${SECRET_SQL}, '0000111122223333', 'ECB', 'PKCS')`,
  ],
  [
    "aes_decrypt",
    F.aes_decrypt(
      F.expr(SEALED_SQL),
      KEY,
      F.lit("GCM"),
      F.lit("DEFAULT"),
      F.lit("aad"),
    ),
    `aes_decrypt(${SEALED_SQL}, '0000111122223333', 'GCM', 'DEFAULT', 'aad')`,
  ],
  ["aes_encrypt", SECRET, SECRET_SQL],
  [
    "aes_encrypt",
    F.aes_encrypt(
      "s",
      KEY,
      F.lit("GCM"),
      F.lit("DEFAULT"),
      F.unhex(F.lit("000000000000000000000000")),
      F.lit("aad"),
    ),
    SEALED_SQL,
  ],
  ["assert_true", F.assert_true(F.expr("id > 0")), "assert_true(id > 0)"],
  [
    "assert_true",
    F.assert_true(F.expr("id > 0"), "not positive"),
    "assert_true(id > 0, 'not positive')",
  ],
  [
    "bitmap_bit_position",
    F.bitmap_bit_position("l"),
    "bitmap_bit_position(l)",
  ],
  [
    "bitmap_bucket_number",
    F.bitmap_bucket_number("l"),
    "bitmap_bucket_number(l)",
  ],
  ["bitmap_count", F.bitmap_count("b"), "bitmap_count(b)"],
  ["call_function", F.call_function("upper", "s"), "upper(s)"],
  ["call_udf", F.call_udf("lower", "s"), "lower(s)"],
  ["coalesce", F.coalesce("i", "j", F.lit(0)), "coalesce(i, j, 0)"],
  ["col", F.col("st.x"), "st.x"],
  ["column", F.column("s"), "s"],
  ["crc32", F.crc32("b"), "crc32(b)"],
  ["current_catalog", F.current_catalog(), "current_catalog()"],
  ["current_database", F.current_database(), "current_database()"],
  ["current_path", F.current_path(), "current_path()"],
  ["current_schema", F.current_schema(), "current_schema()"],
  ["current_user", F.current_user(), "current_user()"],
  ["equal_null", F.equal_null("i", "j"), "equal_null(i, j)"],
  ["expr", F.expr("i + j"), "i + j"],
  ["greatest", F.greatest("i", "j"), "greatest(i, j)"],
  ["hash", F.hash("i", "s"), "hash(i, s)"],
  ["hmac", F.hmac(F.lit("k"), "s"), "hmac('k', s)"],
  ["hmac", F.hmac(F.lit("k"), "s", F.lit("SHA512")), "hmac('k', s, 'SHA512')"],
  ["ifnull", F.ifnull("i", "id"), "ifnull(i, id)"],
  [
    "input_file_block_length",
    F.input_file_block_length(),
    "input_file_block_length()",
  ],
  [
    "input_file_block_start",
    F.input_file_block_start(),
    "input_file_block_start()",
  ],
  ["input_file_name", F.input_file_name(), "input_file_name()"],
  ["isnan", F.isnan("x"), "isnan(x)"],
  ["isnotnull", F.isnotnull("i"), "isnotnull(i)"],
  ["isnull", F.isnull("i"), "isnull(i)"],
  [
    "java_method",
    F.java_method(F.lit("java.lang.Math"), F.lit("floorMod"), "id", F.lit(2)),
    "java_method('java.lang.Math', 'floorMod', id, 2)",
  ],
  ["least", F.least("i", "j"), "least(i, j)"],
  ["lit", F.lit("1.50", "decimal(10,2)"), "CAST('1.50' AS DECIMAL(10,2))"],
  ["md5", F.md5("b"), "md5(b)"],
  [
    "monotonically_increasing_id",
    F.monotonically_increasing_id(),
    "monotonically_increasing_id()",
  ],
  ["nanvl", F.nanvl(F.sqrt("x"), "p"), "nanvl(sqrt(x), p)"],
  ["nullif", F.nullif("i", F.lit(5)), "nullif(i, 5)"],
  ["nullifzero", F.nullifzero(F.expr("i - 5")), "nullifzero(i - 5)"],
  ["nvl", F.nvl("i", "id"), "nvl(i, id)"],
  ["nvl2", F.nvl2("i", "j", "id"), "nvl2(i, j, id)"],
  [
    "reflect",
    F.reflect(F.lit("java.lang.Math"), F.lit("floorMod"), "id", F.lit(2)),
    "reflect('java.lang.Math', 'floorMod', id, 2)",
  ],
  ["session_user", F.session_user(), "session_user()"],
  ["sha", F.sha("b"), "sha(b)"],
  ["sha1", F.sha1("b"), "sha1(b)"],
  ["sha2", F.sha2("b", 256), "sha2(b, 256)"],
  ["spark_partition_id", F.spark_partition_id(), "spark_partition_id()"],
  [
    "st_asbinary",
    F.st_asbinary(F.st_geogfromwkb("wkb")),
    "st_asbinary(st_geogfromwkb(wkb))",
  ],
  [
    "st_asbinary",
    F.st_asbinary(GEOMETRY, F.lit("XDR")),
    "st_asbinary(st_geomfromwkb(wkb), 'XDR')",
  ],
  ["st_geogfromwkb", F.st_geogfromwkb("wkb"), "st_geogfromwkb(wkb)"],
  ["st_geomfromwkb", GEOMETRY, "st_geomfromwkb(wkb)"],
  [
    "st_geomfromwkb",
    F.st_geomfromwkb("wkb", F.lit(4326)),
    "st_geomfromwkb(wkb, 4326)",
  ],
  [
    "st_setsrid",
    F.st_setsrid(GEOMETRY, F.lit(4326)),
    "st_setsrid(st_geomfromwkb(wkb), 4326)",
  ],
  ["st_srid", F.st_srid(GEOMETRY), "st_srid(st_geomfromwkb(wkb))"],
  [
    "try_aes_decrypt",
    F.try_aes_decrypt("b", KEY, F.lit("ECB"), F.lit("PKCS")),
    "try_aes_decrypt(b, '0000111122223333', 'ECB', 'PKCS')",
  ],
  [
    "try_aes_decrypt",
    F.try_aes_decrypt(
      F.expr(SEALED_SQL),
      KEY,
      F.lit("GCM"),
      F.lit("DEFAULT"),
      F.lit("aad"),
    ),
    `try_aes_decrypt(${SEALED_SQL}, '0000111122223333', 'GCM', 'DEFAULT', 'aad')`,
  ],
  [
    "try_reflect",
    F.try_reflect(F.lit("java.net.URLDecoder"), F.lit("decode"), F.lit("%")),
    "try_reflect('java.net.URLDecoder', 'decode', '%')",
  ],
  ["typeof", F.typeof("st"), "typeof(st)"],
  ["user", F.user(), "user()"],
  ["uuid", F.uuid(7), "uuid(7)"],
  [
    "vector_cosine_similarity",
    F.vector_cosine_similarity("v", "w"),
    "vector_cosine_similarity(v, w)",
  ],
  [
    "vector_inner_product",
    F.vector_inner_product("v", "w"),
    "vector_inner_product(v, w)",
  ],
  [
    "vector_l2_distance",
    F.vector_l2_distance("v", "w"),
    "vector_l2_distance(v, w)",
  ],
  ["vector_norm", F.vector_norm("v"), "vector_norm(v)"],
  ["vector_norm", F.vector_norm("v", F.expr("1F")), "vector_norm(v, 1F)"],
  ["vector_normalize", F.vector_normalize("v"), "vector_normalize(v)"],
  [
    "vector_normalize",
    F.vector_normalize("v", F.expr("1F")),
    "vector_normalize(v, 1F)",
  ],
  ["version", F.version(), "version()"],
  [
    "when",
    F.when(F.col("i").gt(0), "plus").when(F.col("i").lt(0), "minus")
      .otherwise("none"),
    "CASE WHEN i > 0 THEN 'plus' WHEN i < 0 THEN 'minus' ELSE 'none' END",
  ],
  ["xxhash64", F.xxhash64("i", "s"), "xxhash64(i, s)"],
  ["zeroifnull", F.zeroifnull("i"), "zeroifnull(i)"],
];

/** Random values without a seed: of the same type as SQL's. */
export const RANDOM: readonly FunctionCase[] = [
  ["rand", F.rand(), "rand()"],
  ["randn", F.randn(), "randn()"],
  ["random", F.random(), "random()"],
  ["randstr", F.randstr(5), "randstr(5)"],
  ["shuffle", F.shuffle("arr"), "shuffle(arr)"],
  ["uniform", F.uniform(1, 100), "uniform(1, 100)"],
  ["uuid", F.uuid(), "uuid()"],
];
