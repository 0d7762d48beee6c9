/** The signatures of hand-signed-requests.ts against published examples of the vendors. */
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { cloudKey, imKey, signTc3, signV1, signV4, userSig } from "./hand-signed-requests.ts";

test("TC3: the example of the documentation of signature v3", () => {
  const payload = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`;
  const type = "application/json; charset=utf-8";
  const host = "cvm.tencentcloudapi.com";
  expect(signTc3({ method: "POST", host, scope: "cvm", type, query: "", payload, timestamp: 1551113065 })).toBe(
    `TC3-HMAC-SHA256 Credential=${cloudKey.id}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, ` +
      "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
  );
});

test("v1: the example of the documentation of the first signature", () => {
  const pairs = {
    Action: "DescribeInstances",
    "InstanceIds.0": "ins-09dx96dg",
    Limit: "20",
    Nonce: "11886",
    Offset: "0",
    Region: "ap-guangzhou",
    SecretId: cloudKey.id,
    Timestamp: "1465185768",
    Version: "2017-03-12",
  };
  expect(signV1("GET", "cvm.tencentcloudapi.com", pairs)).toBe("EliP9YW3pW28FpsEdkXt/+WcGeI=");
});

test("UserSig: the result of the vendor's package for its sample key", () => {
  const packed = userSig(1700000000).replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  expect(JSON.parse(inflateSync(Buffer.from(packed, "base64")).toString())).toEqual({
    "TLS.ver": "2.0",
    "TLS.identifier": imKey.id,
    "TLS.sdkappid": imKey.app,
    "TLS.time": 1700000000,
    "TLS.expire": 86400,
    "TLS.sig": "yLAe+w7WUeUuqbV9h/TX78u21oTGi+i9Zp1u3PpnY60=",
  });
});

test("SigV4: the result of the vendor's signer for a DeleteUser", () => {
  const body = {
    CollectionId: "MyCollection",
    UserId: "DemoUser",
    ClientRequestToken: "550e8400-e29b-41d4-a716-446655440001",
  };
  const host = "rekognition.us-east-1.amazonaws.com";
  expect(signV4(host, "RekognitionService.DeleteUser", JSON.stringify(body), "20150830T123600Z")).toMatch(
    /Signature=639997263d6914f10c4a62f5ee6fa1a44451a93114cad5dbe6549408b1657d26$/,
  );
});
