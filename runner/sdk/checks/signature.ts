/** signature: every request is signed as the protocol says, for the address, the region and the service that it is sent to. */
import { verifyLeniently } from "../../emulator/leniencies.ts";
import { regionOf } from "../../emulator/test-credentials.ts";
import { difference, type SdkCheck } from "../sdk-check.ts";

export const sentSignature: SdkCheck = {
  id: "signature",
  of: "request",
  findings: ({ sdkCase, received }) => {
    const { service } = sdkCase.action;
    return received.flatMap(({ context: { protocol, received: parsed, request, emulator, now } }) => {
      if (!protocol || !parsed) return [difference("signature", "valid", "absent")];
      const region = regionOf(protocol.id);
      const failure = verifyLeniently(emulator.leniencies, (leniency) =>
        protocol.verify(request, parsed, {
          now,
          credentialScope: service.credentialScope,
          ...(region === undefined ? {} : { region }),
          secretOf: emulator.credentialsById,
          leniency,
        }),
      );
      return failure === null ? [] : [difference("signature", "valid", failure)];
    });
  },
};
