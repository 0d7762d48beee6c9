/** Refusals with their code in one or several places: which clients misread it. */
import { expect, test } from "vitest";
import { planAction } from "../../cases/plan.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Case, Json } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { judge } from "../judge.ts";
import { createRequestIdHistory } from "../request-id-history.ts";

const action = loadSpecs(builtInSpecs()).actions.get("aws/rekognition/DeleteUser");
if (!action) throw new Error("DeleteUser");
const noUser = [...planAction(action, { depth: "standard", isFlat: () => false })].find(
  ({ slug, situation }) => slug === "user-unknown" || situation?.name === "user-unknown",
) as Case;

function judged(body: Json, headers: [string, string][]) {
  const response = {
    status: 400,
    headers: [["content-type", "application/x-amz-json-1.1"] as const, ...headers],
    body: Buffer.from(JSON.stringify(body)),
  };
  const outcome = decodeResponse(response, noUser.action.service.envelope);
  return judge(noUser, response, outcome, createRequestIdHistory());
}

test.each<[string, Json, [string, string][], string[]]>([
  ["none", { __type: "ResourceNotFoundException", Code: "ResourceNotFoundException" }, [], []],
  [
    "a header that contradicts the type",
    { __type: "ResourceNotFoundException" },
    [["x-amzn-errortype", "InternalServerError"]],
    [
      'header:x-amzn-errortype ResourceNotFoundException (read here first by AWS SDK for Go v2, AWS SDK for Java 2.20, AWS SDK for Rust) "InternalServerError"',
    ],
  ],
  [
    "an upper-case Code that contradicts the type",
    { __type: "ResourceNotFoundException", Code: "NotFound" },
    [],
    ['/Code ResourceNotFoundException (read here first by AWS SDK for Go v2) "NotFound"'],
  ],
  [
    "a type only in code",
    { code: "ResourceNotFoundException" },
    [],
    ['/__type ResourceNotFoundException (read here first by AWS SDK for Java 2.20, boto3) "absent"'],
  ],
])("a warning names the clients that misread the code: %s", (_, body, headers, expected) => {
  const { status, findings } = judged(body, headers);
  expect(status).toBe("passed");
  expect(
    findings.map(({ location, expected: e, actual, level }) =>
      level === "must" ? "must" : `${location} ${e} ${JSON.stringify(actual)}`,
    ),
  ).toEqual(expected);
});
