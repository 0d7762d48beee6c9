/** distorted: status, content type, request id or body of each response of a service is not as documented. */
import type { Service } from "../../../model/index.ts";
import { editJson, type Fault } from "../fault.ts";
import { refusalFamily } from "./breaches.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

type ResponseHook = NonNullable<Fault["response"]>;

export const distorted: Operator = {
  id: "distorted",
  *faultsOf(service) {
    yield* statusFaults(service);
    yield* contentTypeFaults(service);
    yield* requestIdFaults(service);
    yield* bodyFaults(service);
  },
};

function* statusFaults(service: Service): Iterable<OperatorFault> {
  const onlyOf =
    (refused: boolean, status: number): ResponseHook =>
    (response, { refusal }) =>
      (refusal !== undefined) === refused ? { ...response, status } : response;
  const description = "Answers a success with HTTP status 201.";
  yield responseFault(service, "status", "success", description, onlyOf(false, 201));
  const family = refusalFamily(service.actions.values());
  const status = [400, 422].find((n) => !service.envelope.refusal.status.includes(n));
  if (family === undefined || status === undefined) return;
  const fault = responseFault(
    service,
    "status",
    "refusal",
    `Refuses with HTTP status ${status}.`,
    onlyOf(true, status),
  );
  yield { ...fault, family };
}

function* contentTypeFaults(service: Service): Iterable<OperatorFault> {
  if (service.envelope.success.contentType === "any") return;
  const html = withHeader("Content-Type", "text/html");
  yield responseFault(service, "content-type", "html", "Answers with the Content-Type text/html.", html);
  const none = withHeader("Content-Type", undefined);
  yield responseFault(service, "content-type", "absent", "Answers without a Content-Type.", none);
}

function* requestIdFaults(service: Service): Iterable<OperatorFault> {
  const { requestId } = service.envelope;
  if (requestId === null) return;
  const withId = (id: string | undefined) =>
    "header" in requestId ? withHeader(requestId.header, id) : withMember(requestId.body, id);
  yield responseFault(service, "request-id", "absent", "Answers without a request id.", withId(undefined));
  yield responseFault(service, "request-id", "empty", "Answers with an empty request id.", withId(""));
  const repeated = withId("00000000-0000-4000-8000-000000000000");
  yield responseFault(service, "request-id", "repeated", "Answers every call with the same request id.", repeated);
}

const bodyEdits: Readonly<Record<string, readonly [description: string, edit: (body: string) => string]>> = {
  "byte-order-mark": ["Starts the body with a byte order mark.", (body) => `\ufeff${body}`],
  "cut-short": ["Omits the last character of the body.", (body) => body.slice(0, -1)],
  tail: ["Appends a semicolon to the JSON of the body.", (body) => `${body};`],
  twice: ["Writes the JSON of the body twice.", (body) => body + body],
  list: ["Answers with a list where an object is documented.", (body) => `[${body}]`],
  html: ["Answers with an HTML page.", () => "<!DOCTYPE html><title>Bad Gateway</title>"],
  empty: ["Answers with an empty body.", () => ""],
};

function* bodyFaults(service: Service): Iterable<OperatorFault> {
  for (const [keyword, [description, edit]] of Object.entries(bodyEdits))
    if (keyword !== "empty" || !service.envelope.success.emptyBody)
      yield responseFault(service, "body", keyword, description, (response) => ({
        ...response,
        body: edit(response.body),
      }));
}

const responseFault = (
  service: Service,
  place: "status" | "content-type" | "request-id" | "body",
  keyword: string,
  description: string,
  response: ResponseHook,
): OperatorFault =>
  operatorFault({
    operator: "distorted",
    action: service.id,
    place,
    keyword,
    description,
    family: "valid",
    detects: `check:${place === "body" ? "envelope" : place}`,
    response,
  });

/** Replaces or removes a header; names are compared without regard to case. */
const withHeader =
  (name: string, value: string | undefined): ResponseHook =>
  (response) => {
    const others = Object.entries(response.headers).filter(([n]) => n.toLowerCase() !== name.toLowerCase());
    return {
      ...response,
      headers: Object.fromEntries([...others, ...(value === undefined ? [] : [[name, value] as const])]),
    };
  };

const withMember =
  (pointer: string, value: string | undefined): ResponseHook =>
  (response) =>
    editJson(response, (root) => {
      const keys = pointer.split("/").slice(1);
      const name = keys.pop() ?? "";
      const parent = keys.reduce((object, key) => (object[key] ?? {}) as typeof root, root);
      if (value === undefined) delete parent[name];
      else parent[name] = value;
    });
