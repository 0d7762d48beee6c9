/** The emulator without a socket: its state, its behaviour, and the response to a request. */
import type { HttpRequest } from "../model/index.ts";
import { createBehaviour } from "./behaviour.ts";
import { createEmulatorState, type EmulatorState, type EmulatorStateOptions } from "./emulator-state.ts";
import { findFaults } from "./faults/index.ts";
import { runPipeline } from "./pipeline/index.ts";
import { readRequest } from "./read-request.ts";
import { refuse } from "./refuse.ts";
import type { Behaviour, EmulatorResponse, RequestContext } from "./request-context.ts";
import { buildResponse } from "./response.ts";
import { findVariants } from "./variants/index.ts";
import type { DeliveryOptions } from "./variants/response-delivery.ts";

export interface Emulator {
  readonly state: EmulatorState;
  readonly behaviour: Behaviour;
  /** True where a fault delays responses. */
  readonly holdsResponses: boolean;
  /** How the active variants write a response; undefined where they write it as usual. */
  readonly delivery: DeliveryOptions | undefined;
}

export interface EmulatorOptions extends Omit<EmulatorStateOptions, "lateChanges"> {
  /** Ids of faults. */
  readonly faults?: readonly string[];
  /** Ids of variants. */
  readonly variants?: readonly string[];
}

/** @throws where a fault or a variant is unknown. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const faults = findFaults(options.specs.services, options.faults ?? []);
  const variants = findVariants(options.variants ?? []);
  const deliveries = variants.flatMap((variant) => variant.delivery ?? []);
  return {
    state: createEmulatorState({
      ...options,
      lateChanges: variants.find((variant) => variant.lateChanges)?.lateChanges,
    }),
    behaviour: createBehaviour(faults, variants),
    holdsResponses: faults.some((fault) => fault.holdMs !== undefined),
    delivery: deliveries.length === 0 ? undefined : Object.assign({}, ...deliveries),
  };
}

/** Serves one request. `oversize`: its body was too long and `request.body` is empty. */
export function respond(emulator: Emulator, request: HttpRequest, oversize = false): EmulatorResponse {
  return finish(handle(readRequest(emulator.state, emulator.behaviour, request, oversize)));
}

/** Sends a request through the pipeline; never throws. */
export function handle(context: RequestContext): RequestContext {
  try {
    runPipeline(context);
  } catch (error) {
    internalError(context, error as Error);
  }
  return context;
}

/** The response of a request that went through the pipeline. */
export function finish(context: RequestContext): EmulatorResponse {
  try {
    return context.behaviour.response(buildResponse(context), context);
  } catch (error) {
    return buildResponse(internalError(context, error as Error));
  }
}

/** An exception of the emulator's own code is reported in the service's envelope, too. */
function internalError(context: RequestContext, { message }: Error): RequestContext {
  context.refusal = refuse(context, context.codes.internal, {
    message: `Internal error of the emulator: ${message}`,
  });
  return context;
}
