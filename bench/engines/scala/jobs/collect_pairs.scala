object CollectPairs extends Job[Array[(String, Long)]] {
  def run(spark: SparkSession, file: String, rows: Long): Array[(String, Long)] =
    spark.sparkContext.range(0, rows, 1, 4).map(x => (s"k$x", x)).collect()

  def checksum(result: Array[(String, Long)]): String = result.length.toString
}
