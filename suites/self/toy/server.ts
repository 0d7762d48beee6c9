/** A server of the toy service that keeps every rule of its specs, or breaks one of them, and the requests that it received. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ToyOptions {
  /** Create needs an idempotency token. */
  readonly token?: boolean;
  /** Get accepts ids of any character and up to this length, in characters; 64 by default. */
  readonly maxIdLength?: number;
  /**
   * What is broken: `create` responds 500 to each Create, `body` to each body that is no JSON object. A body `null` ends the server
   * with `null`, closes its connection with `cut`, and only the first time with `cut-once`. `every-9th` closes every ninth connection.
   * `nested` checks nothing inside Tags, Mode and List.
   */
  readonly broken?: "create" | "body" | "null" | "cut" | "cut-once" | "every-9th" | "nested";
}

type Members = Readonly<Record<string, unknown>>;

class Refusal extends Error {}
const invalid = (): never => {
  throw new Refusal("InvalidParameterException");
};

interface TextLimits {
  readonly min: number;
  readonly max: number;
  readonly charset?: RegExp;
}

const NAME: TextLimits = { min: 1, max: 64, charset: /^[\w-]+$/ };
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function text(value: unknown, { min, max, charset }: TextLimits): string {
  if (typeof value !== "string") return invalid();
  const { length } = [...value];
  if (length < min || length > max || (charset && !charset.test(value))) return invalid();
  return value;
}

function object(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return invalid();
  return value as Members;
}

function tags(value: unknown): void {
  const entries = Object.entries(object(value));
  if (entries.length < 1 || entries.length > 10) invalid();
  for (const [key, tag] of entries) {
    text(key, { min: 0, max: 128 });
    text(tag, { min: 0, max: 256 });
  }
}

function mode(value: unknown): void {
  if (!["A", "B"].includes(String(object(value)["Kind"]))) invalid();
}

function list(value: unknown): void {
  if (!Array.isArray(value)) invalid();
  for (const item of value as unknown[]) text(object(item)["Key"], { min: 1, max: 128, charset: /^[a-z]+$/ });
}

const isList = (value: unknown): void => void (Array.isArray(value) || invalid());

function createActions({
  token = false,
  maxIdLength,
  broken,
}: ToyOptions): Record<string, (input: Members) => Members> {
  const things = new Set<string>();
  const found = (id: string): string => {
    if (!things.has(id)) throw new Refusal("ResourceNotFoundException");
    return id;
  };
  const optional: Record<string, (value: unknown) => void> = {
    Token: (value) => text(value, { min: 32, max: 64 }),
    Text: (value) => text(value, { min: 1, max: 100 }),
    Blob: (value) => text(value, { min: 0, max: 1000, charset: BASE64 }),
    Tags: broken === "nested" ? object : tags,
    Mode: broken === "nested" ? object : mode,
    List: broken === "nested" ? isList : list,
  };
  return {
    Create(input) {
      const name = text(input["Name"], NAME);
      for (const [member, check] of Object.entries(optional)) if (member in input) check(input[member]);
      if (token && !("Token" in input)) invalid();
      if ("Text" in input && "Blob" in input) invalid();
      if (things.has(name)) throw new Refusal("ResourceExistsException");
      things.add(name);
      return {};
    },
    Get(input) {
      const id = text(input["Id"], maxIdLength === undefined ? NAME : { min: 1, max: maxIdLength });
      if ("Stage" in input && text(input["Stage"], { min: 1, max: 256 }) !== "CURRENT")
        throw new Refusal("ResourceNotFoundException");
      return { Name: found(id) };
    },
    Delete(input) {
      things.delete(found(text(input["Id"], NAME)));
      return {};
    },
  };
}

export interface ToyServer {
  readonly url: string;
  close(): Promise<void>;
}

/** On a free port of the loopback interface; signatures are not verified. */
export async function startToyServer(options: ToyOptions = {}): Promise<ToyServer> {
  const actions = createActions(options);
  let wasCut = false;
  let requests = 0;
  const respond = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const send = (status: number, content: unknown) =>
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(content));
    const name = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const isBroken =
      (options.broken === "create" && name === "Create") || (options.broken === "body" && !body.startsWith('{"'));
    if (isBroken) {
      response.writeHead(500, { "content-type": "text/html" }).end("<h1>Internal Server Error</h1>");
      return;
    }
    if (options.broken === "null" && body === "null") return void stop(http);
    const isCut = body === "null" && (options.broken === "cut" || (options.broken === "cut-once" && !wasCut));
    if (isCut || (options.broken === "every-9th" && ++requests % 9 === 0)) {
      wasCut = true;
      request.socket.destroy();
      return;
    }
    const action = actions[name];
    if (!action) return void send(400, { __type: "UnknownOperationException" });
    let input: Members;
    try {
      input = object(JSON.parse(body));
    } catch {
      return void send(400, { __type: "SerializationException" });
    }
    try {
      send(200, action(input));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(400, { __type: error.message });
    }
  };
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => respond(request, Buffer.concat(chunks).toString(), response));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, close: () => stop(http) };
}

/** Without a response to what was received, as the end of a process. */
function stop(http: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeAllConnections();
  return closed;
}
