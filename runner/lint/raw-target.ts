/** The types of a target file as it is written in YAML, valid against specs/schema/target.schema.json, which describes each key. */
import type { ServiceTarget } from "../model/index.ts";

export interface RawServiceTarget {
  endpoint: string;
  host?: string;
  region?: string;
  credentials: { app?: string; id: string; key: string; token?: string };
  provided?: Record<string, string | { file: string }>;
  rateLimit?: string;
  headers?: Record<string, string | { env: string }>;
  tls?: { ca?: string; insecure?: true };
  account?: string | number;
  unsupported?: Partial<ServiceTarget["unsupported"]>;
}
export interface RawTarget {
  name?: string;
  services: Record<string, RawServiceTarget>;
  timeout?: number | { connect?: number; headers?: number; body?: number };
  maxResponseBytes?: number;
  account?: string | number;
  maxMutations?: number;
  known?: string;
  conflicts?: Record<string, string | number>;
}
