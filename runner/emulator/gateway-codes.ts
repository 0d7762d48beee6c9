/** The code of each refusal that the gateway gives before an action runs, by the family of services. */
import type { AuthFailure } from "../model/index.ts";

export type ServiceFamily = "tencent-cloud" | "tencent-im" | "aws-json";

/** Families by the protocol that reads the request. */
export const familyByProtocol: Readonly<Record<string, ServiceFamily>> = {
  tc3: "tencent-cloud",
  "tencent-v1": "tencent-cloud",
  "tencent-im": "tencent-im",
  "aws-sigv4": "aws-json",
};

/** Default codes; the refusals that the envelope documents have priority. */
export interface GatewayCodes {
  /** The body or query is too long. */
  readonly size: string;
  /** The HTTP method is not allowed. */
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  /** A required common parameter or member is absent. */
  readonly absent: string;
  /** A value has the wrong JSON type, or breaks a constraint that has no code of its own. */
  readonly type: string;
  readonly region: string;
  /** The service is unknown. */
  readonly product: string;
  readonly version: string;
  readonly action: string;
  /** The body is not a JSON object. */
  readonly syntax: string;
  /** A parameter is not declared. */
  readonly unknown: string;
  /** The emulator itself failed. */
  readonly internal: string;
  readonly authFailure: Readonly<Record<AuthFailure, string>>;
}

export const gatewayCodes: Readonly<Record<ServiceFamily, GatewayCodes>> = {
  "tencent-cloud": {
    size: "RequestSizeLimitExceeded",
    method: "UnsupportedProtocol",
    path: "InvalidParameter",
    contentType: "InvalidParameter",
    absent: "MissingParameter",
    type: "InvalidParameter",
    region: "InvalidParameterValue",
    product: "NoSuchProduct",
    version: "NoSuchVersion",
    action: "InvalidAction",
    syntax: "InvalidParameter",
    unknown: "UnknownParameter",
    internal: "InternalError",
    authFailure: {
      absent: "AuthFailure.InvalidAuthorization",
      malformed: "AuthFailure.InvalidAuthorization",
      incomplete: "AuthFailure.InvalidAuthorization",
      scope: "AuthFailure.InvalidAuthorization",
      "unknown-id": "AuthFailure.SecretIdNotFound",
      expired: "AuthFailure.SignatureExpire",
      signature: "AuthFailure.SignatureFailure",
      token: "AuthFailure.TokenFailure",
      identifier: "AuthFailure.SecretIdNotFound",
      app: "AuthFailure.SecretIdNotFound",
    },
  },
  "tencent-im": {
    size: "80002",
    method: "60002",
    path: "60009",
    contentType: "60002",
    absent: "60008",
    type: "60008",
    region: "60008",
    product: "60009",
    version: "60009",
    action: "10003",
    syntax: "60003",
    unknown: "10004",
    internal: "10002",
    authFailure: {
      absent: "70002",
      malformed: "70003",
      incomplete: "70003",
      scope: "70003",
      "unknown-id": "60010",
      expired: "70001",
      signature: "70009",
      token: "70003",
      identifier: "70013",
      app: "70014",
    },
  },
  "aws-json": {
    size: "RequestEntityTooLargeException",
    method: "UnknownOperationException",
    path: "UnknownOperationException",
    contentType: "UnknownOperationException",
    absent: "UnknownOperationException",
    type: "IncompleteSignatureException",
    region: "InvalidSignatureException",
    product: "UnknownOperationException",
    version: "UnknownOperationException",
    action: "UnknownOperationException",
    syntax: "SerializationException",
    unknown: "ValidationException",
    internal: "InternalFailure",
    authFailure: {
      absent: "MissingAuthenticationTokenException",
      malformed: "IncompleteSignatureException",
      incomplete: "IncompleteSignatureException",
      scope: "InvalidSignatureException",
      "unknown-id": "UnrecognizedClientException",
      expired: "InvalidSignatureException",
      signature: "InvalidSignatureException",
      token: "UnrecognizedClientException",
      identifier: "UnrecognizedClientException",
      app: "UnrecognizedClientException",
    },
  },
};
