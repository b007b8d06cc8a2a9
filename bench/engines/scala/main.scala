object Engine {
  // Spark brings Jackson; the shell has nothing better for reading JSON.
  private val json = new com.fasterxml.jackson.databind.ObjectMapper()

  /** Answers requests until stdin ends. The harness appends the call, with all jobs by name. */
  def serve(spark: SparkSession, jobs: (String, Job[_])*): Unit = {
    reply(
      "ready" -> "true",
      "spark" -> quote(spark.version),
      "language" -> quote(s"Scala ${scala.util.Properties.versionNumberString}")
    )
    val requests = new java.io.BufferedReader(new java.io.InputStreamReader(System.in, UTF_8))
    Iterator.continually(requests.readLine()).takeWhile(_ != null).foreach(answer(spark, jobs.toMap, _))
  }

  /** Runs one request and prints its reply. */
  def answer(spark: SparkSession, jobs: Map[String, Job[_]], line: String): Unit = {
    val request = json.readTree(line)
    val name = request.get("job").asText
    try {
      val (seconds, checksum) = jobs(name).measure(spark, request.get("file").asText, request.get("rows").asLong)
      reply("job" -> quote(name), "seconds" -> seconds.toString, "checksum" -> quote(checksum))
    } catch {
      case error: Exception => reply("job" -> quote(name), "error" -> quote(error.toString))
    }
  }

  private def reply(fields: (String, String)*): Unit = {
    val body = fields.map { case (name, value) => s"${quote(name)}:$value" }
    Console.out.println("@bench " + body.mkString("{", ",", "}"))
    Console.out.flush()
  }

  private def quote(text: String): String = json.writeValueAsString(text)
}
