// The Scala engine: spark-shell reads this file, the jobs and then `main.scala`.
// Requests come as lines of JSON on stdin; replies go as marked lines to stdout.

import java.nio.charset.StandardCharsets.UTF_8
import java.util.zip.CRC32
import org.apache.spark.sql.SparkSession

/** One job: `run` is timed, `checksum` is not. */
trait Job[R] {
  def run(spark: SparkSession, file: String, rows: Long): R
  def checksum(result: R): String

  /** Seconds and checksum of one run. */
  def measure(spark: SparkSession, file: String, rows: Long): (Double, String) = {
    val start = System.nanoTime()
    val result = run(spark, file, rows)
    ((System.nanoTime() - start) / 1e9, checksum(result))
  }
}

object Checksum {
  /** distinct:total:sum of crc32(word) * count, modulo 2^64; order does not matter. */
  def ofCounts(counts: Array[(String, Int)]): String = {
    var total = 0L
    var mix = 0L
    for ((word, count) <- counts) {
      val crc = new CRC32()
      crc.update(word.getBytes(UTF_8))
      total += count
      mix += crc.getValue * count
    }
    s"${counts.length}:$total:${java.lang.Long.toHexString(mix)}"
  }
}
