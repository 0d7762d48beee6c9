/** The few properties of an action that a protocol uses → a complete Action, for tests. */
import type { Action, Envelope, Service } from "../../model/index.ts";

export interface ActionStub {
  readonly name: string;
  readonly version: string;
  readonly scope: string;
  readonly target?: string;
  readonly path?: string;
}

/** An action without parameters, rules and codes, in a service that has no other actions. */
export function createActionStub({ name, version, scope, target, path }: ActionStub): Action {
  const source = { url: "https://example.com/" };
  const shape = { status: [200], contentType: "any", emptyBody: true, schema: {} } as const;
  const envelope: Envelope = {
    name: "stub",
    description: "",
    source,
    success: shape,
    refusal: shape,
    discriminator: { kind: "status" },
    output: "",
    code: { locations: [], readers: new Map() },
    requestId: null,
    common: new Map(),
    gatewayRules: new Map(),
    codes: new Map(),
    notImplementedCodes: [],
  };
  const service: Service = {
    id: `stub/${scope}`,
    provider: "stub",
    name: scope,
    version,
    description: "",
    host: "stub.example.com",
    credentialScope: scope,
    ...(target !== undefined && { targetPrefix: target }),
    envelope,
    bindings: [],
    errors: new Map(),
    resources: new Map(),
    actions: new Map(),
  };
  return {
    id: `${service.id}/${name}`,
    name,
    service,
    description: "",
    source,
    ...(path !== undefined && { path }),
    commonParameters: [],
    parameters: [],
    crossParameterRules: [],
    undeclaredMember: { codes: [], level: "may", source },
    given: new Map(),
    situations: [],
    precedence: [],
    effects: {},
    output: {},
    samples: [],
    errors: new Map(),
    remarks: [],
    deletes: [],
    mutating: false,
  };
}
