/** The few facts of an action that a protocol needs → a whole Action, for laws and tests. */
import type { Action, Envelope, Service } from "../../model/index.ts";

export interface ActionStub {
  readonly name: string;
  readonly version: string;
  readonly scope: string;
  readonly target?: string;
  readonly path?: string;
}

/** An action without parameters, rules or codes; it belongs to a service of its own. */
export function createActionStub({ name, version, scope, target, path }: ActionStub): Action {
  const source = { url: "https://example.com/" };
  const shape = { status: [200], contentType: "any", emptyBody: true, schema: {} } as const;
  const envelope: Envelope = {
    name: "stand-in",
    description: "",
    source,
    success: shape,
    refusal: shape,
    discriminator: { kind: "status" },
    output: "",
    code: { locations: [] },
    requestId: null,
    common: new Map(),
    gatewayRules: new Map(),
    codes: new Map(),
    notImplementedCodes: [],
  };
  const service: Service = {
    id: `stand-in/${scope}`,
    provider: "stand-in",
    name: scope,
    version,
    description: "",
    host: "stand-in.example.com",
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
