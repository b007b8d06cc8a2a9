/** What spark-submit would have Kubernetes run, as a server in place of its API is told. */
import assert from "node:assert/strict";
import { findSpark } from "../../src/driver/launch/find_spark.ts";

const CLI = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const TEMPLATE =
  new URL("../../examples/kubernetes/pod.yaml", import.meta.url).pathname;

interface Pod {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly containers: readonly {
      readonly image: string;
      readonly args: readonly string[];
      readonly volumeMounts: readonly { readonly mountPath: string }[];
    }[];
    readonly securityContext: { readonly runAsUser: number };
  };
}

Deno.test("tspark submit gives Kubernetes a pod that runs the program", async () => {
  const made: Pod[] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      if (!["POST", "PATCH"].includes(request.method)) {
        return Response.json({ kind: "Status", code: 404 }, { status: 404 });
      }
      const pod = await request.json() as Pod;
      made.push(pod);
      return Response.json(
        { ...pod, metadata: { ...pod.metadata, uid: "1", namespace: "jobs" } },
        { status: 201 },
      );
    },
  );
  const { home } = await findSpark();
  const { port } = server.addr;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", "--no-check", CLI, "submit"],
      ...["--master", `k8s://http://127.0.0.1:${port}`],
      ...["--deploy-mode", "cluster", "--name", "word-count"],
      ...conf("spark.kubernetes.namespace", "jobs"),
      ...conf("spark.kubernetes.container.image", "my/app"),
      ...conf("spark.kubernetes.driver.podTemplateFile", TEMPLATE),
      ...conf("spark.kubernetes.executor.podTemplateFile", TEMPLATE),
      ...conf("spark.kubernetes.submission.waitAppCompletion", "false"),
      ...conf("spark.kubernetes.memoryOverheadFactor", "0.4"),
      ...conf("spark.pyspark.driver.python", "/opt/tspark/run"),
      ...conf("spark.tspark.worker", "/opt/tspark/tspark-worker"),
      ...["local:///opt/app/app.ts", "input"],
    ],
    env: { SPARK_HOME: home, NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));

  const pod = made.find(({ kind }) => kind === "Pod") ??
    assert.fail("no pod was made");
  const [container] = pod.spec.containers;
  assert.equal(container?.image, "my/app");
  assert.equal(pod.spec.securityContext.runAsUser, 185);
  assert.ok(container.volumeMounts.some((one) => one.mountPath === "/tmp"));
  assert.deepEqual(container.args.slice(-5), [
    ...["--class", "org.apache.spark.deploy.PythonRunner"],
    ...["local:///tspark_program.py", "/opt/app/app.ts", "input"],
  ]);
  const settings = made.flatMap(({ data = {} }) => Object.values(data))
    .join("\n");
  for (
    const setting of [
      "spark.pyspark.driver.python=/opt/tspark/run",
      "spark.tspark.worker=/opt/tspark/tspark-worker",
    ]
  ) assert.ok(settings.includes(setting), settings);
});

function conf(name: string, value: string): string[] {
  return ["--conf", `${name}=${value}`];
}
