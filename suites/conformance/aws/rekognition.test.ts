/** aws/rekognition, held to its documents: one test per case. */
import { conformance } from "../../vitest.ts";

conformance("aws/rekognition/**", { approved: new URL("./rekognition.cases.txt", import.meta.url) });
