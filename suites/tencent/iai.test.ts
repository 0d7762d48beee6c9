/** tencent/iai, held to its documents: one test per case. */
import { conformance } from "../harness.ts";

conformance("tencent/iai/**", { approved: new URL("./iai.cases.txt", import.meta.url) });
