// The Scala engine: spark-shell reads this file, the jobs and then `main.scala`.
// Requests come as lines of JSON on stdin; replies go as marked lines to stdout.

import java.nio.charset.StandardCharsets.UTF_8
import java.util.zip.CRC32
import org.apache.spark.sql.SparkSession

/** What a job works on: path of the text, and how many records (bytes, tasks) it makes itself. */
case class JobInput(file: String, records: Int)

/** One job: what `prepare` returns is timed, all else is not. */
trait Job[R] {
  /** Makes what the driver has at hand, and returns what to time. */
  def prepare(spark: SparkSession, input: JobInput): () => R = () => run(spark, input)
  def run(spark: SparkSession, input: JobInput): R
  def checksum(result: R): String

  /** Seconds and checksum of one run. */
  def measure(spark: SparkSession, input: JobInput): (Double, String) = {
    val timed = prepare(spark, input)
    val start = System.nanoTime()
    val result = timed()
    ((System.nanoTime() - start) / 1e9, checksum(result))
  }
}

object Checksum {
  /** distinct:total:sum of crc32(key) * count, modulo 2^64; order does not matter. */
  def ofCounts[K, N](counts: Array[(K, N)])(implicit number: Numeric[N]): String = {
    var total = 0L
    var mix = 0L
    for ((key, some) <- counts) {
      val count = number.toLong(some)
      val crc = new CRC32()
      crc.update(key.toString.getBytes(UTF_8))
      total += count
      mix += crc.getValue * count
    }
    s"${counts.length}:$total:${java.lang.Long.toHexString(mix)}"
  }
}
