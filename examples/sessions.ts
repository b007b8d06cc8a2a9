/**
 * Visits to a site, cut into sessions: a user's clicks belong together until
 * there is none for half an hour. Two windows do it: one looks at the click
 * before, one counts the breaks up to each click.
 * `deno run -A examples/sessions.ts`
 *
 * @module
 */
import { functions as F, SparkSession, Window } from "../mod.ts";

const BREAK_MINUTES = 30;

const CLICKS = [
  ["ann", "2026-11-29 09:00:00", "/"],
  ["ann", "2026-11-29 09:10:00", "/lamps"],
  ["ann", "2026-11-29 09:30:00", "/lamps/3"],
  ["ann", "2026-11-29 11:00:00", "/"],
  ["bob", "2026-11-29 09:05:00", "/mugs"],
  ["bob", "2026-11-29 09:50:00", "/"],
  ["bob", "2026-11-29 10:15:00", "/radios"],
] as const;

await using spark = await SparkSession.builder.appName("sessions")
  .config("spark.sql.session.timeZone", "UTC").getOrCreate();

const clicks = spark
  .createDataFrame(CLICKS, "user STRING, time STRING, page STRING")
  .withColumn("time", F.to_timestamp("time"));

const byUser = Window.partitionBy("user").orderBy("time");
const sessions = clicks
  .withColumn("before", F.lag("time").over(byUser))
  .withColumn(
    "begins",
    F.coalesce(
      F.col("time").minus(F.col("before")).gt(
        F.expr(`INTERVAL '${BREAK_MINUTES}' MINUTE`),
      ),
      F.lit(true),
    ),
  )
  .withColumn("session", F.sum(F.col("begins").cast("int")).over(byUser))
  .groupBy("user", "session")
  .agg(
    F.count("*").as("clicks"),
    F.date_format(F.min("time"), "HH:mm").as("from"),
    F.date_format(F.max("time"), "HH:mm").as("to"),
    F.collect_list("page").as("pages"),
  )
  .orderBy("user", "session");

for (const { user, session, clicks, from, to } of await sessions.collect()) {
  console.log(`${user}'s session ${session}: ${clicks} clicks, ${from}–${to}`);
}
