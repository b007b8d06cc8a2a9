object WordCountReadText extends Job[Array[(String, Int)]] {
  def run(spark: SparkSession, file: String, rows: Long): Array[(String, Int)] =
    spark.read.text(file).rdd
      .map(row => row.getString(0))
      .flatMap(line => line.split(" ", -1))
      .map(word => (word, 1))
      .reduceByKey((a, b) => a + b)
      .collect()

  def checksum(result: Array[(String, Int)]): String = Checksum.ofCounts(result)
}
