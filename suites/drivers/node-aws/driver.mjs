/** Drives @aws-sdk/client-rekognition: every operation of the package, found by the name of its command. */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { RekognitionClient } from "@aws-sdk/client-rekognition";

const { ASSAY_ENDPOINT: endpoint, ASSAY_ID: accessKeyId, ASSAY_KEY: secretAccessKey } = process.env;
const commands = new Map(
  Object.entries(await import("@aws-sdk/client-rekognition"))
    .filter(([name]) => /^[A-Z]\w+Command$/.test(name))
    .map(([name, Command]) => [`aws/rekognition/${name.slice(0, -"Command".length)}`, Command]),
);

const hello = () => ({
  sdk: "@aws-sdk/client-rekognition",
  version: createRequire(import.meta.url)("@aws-sdk/client-rekognition/package.json").version,
  actions: [...commands.keys()],
  bindings: ["awsjson11"],
  can: ["timeout", "retries"],
  lossless: true,
});

async function call({ call: action, members, timeout, retries }) {
  const Command = commands.get(action);
  if (!Command) return { unsupported: `the package has no command for ${action}` };
  const client = new RekognitionClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: { requestTimeout: timeout * 1000, socketTimeout: timeout * 1000, throwOnRequestTimeout: true },
    ...(retries === undefined ? {} : { maxAttempts: retries + 1 }),
  });
  try {
    const { $metadata, ...ok } = await client.send(new Command(members));
    return { ok, requestId: $metadata.requestId };
  } catch (error) {
    return { error: describe(error) };
  } finally {
    client.destroy();
  }
}

/** An exception of the service has `$fault` and a name; an error without a response came from the network or the client. */
function describe({ name, message, code, $fault, $metadata, $response }) {
  const { requestId, httpStatusCode } = $metadata ?? {};
  if ($fault !== undefined && name !== "UnknownError") return { kind: "api", code: name, message, requestId };
  const wasSent = httpStatusCode !== undefined || $response !== undefined || code !== undefined;
  return { kind: wasSent || name === "TimeoutError" ? "network" : "client", code: code ?? name, message };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = request.hello ? Promise.resolve(hello()) : call(request);
  void answer.then((members) => process.stdout.write(`${JSON.stringify({ id: request.id, ...members })}\n`));
}
