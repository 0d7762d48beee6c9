/** variants: a response in every spelling that the documents leave to the server is read like the plain one. */
import { familyByProtocol } from "../../emulator/gateway-codes.ts";
import { variants as emulatorVariants } from "../../emulator/variants/index.ts";
import type { Variant } from "../../emulator/variants/variant.ts";
import { protocolOf } from "../../protocols/index.ts";
import { plainRefusal, plainSuccess } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

/**
 * Spellings that no server of the vendor is known to use, and places of the code in which some clients of the vendor do not
 * look (`readers` of the envelope): an SDK that cannot read them gets a warning.
 */
const UNUSUAL: ReadonlySet<string> = new Set([
  "numbers-with-point",
  "numbers-with-exponent",
  "type-text",
  "im-type-text",
  "im-type-absent",
  "request-id-no-uuid",
  "aws-type-in-code",
  "aws-type-in-capital-code",
  "aws-header-empty-body",
  "aws-header-empty-object",
]);

/** It changes only requests that are too long. */
const OF_LONG_REQUESTS = "size-without-envelope";

export const sdkVariants: SdkFamily = {
  id: "variants",
  description: "a success and a refusal in every spelling that the documents leave to the server",
  scope: { quick: "service", standard: "action" },
  *cases(action, binding) {
    const [code = ""] = action.errors.keys();
    for (const variant of emulatorVariants.filter((v) => changesResponse(v, binding))) {
      const shared = {
        place: variant.id,
        source: action.service.envelope.source,
        ...(UNUSUAL.has(variant.id) ? { level: "should" as const } : {}),
      };
      const server = `from a server that ${lowerFirst(variant.description)}`;
      yield {
        ...shared,
        slug: "success",
        title: `MUST read a success ${server}`,
        ...plainSuccess(action, { variant: variant.id }),
      };
      if (code !== "")
        yield {
          ...shared,
          slug: "refusal",
          title: `MUST read a refusal ${server}`,
          ...plainRefusal(code, { variant: variant.id }),
        };
    }
  },
};

const changesResponse = ({ id, response, delivery, family }: Variant, binding: string): boolean =>
  (response !== undefined || delivery !== undefined) &&
  id !== OF_LONG_REQUESTS &&
  (family === undefined || family === familyByProtocol[protocolOf(binding).id]);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
