"""Drives tencentcloud-sdk-python: the typed client of a service where it has the action, else the common client."""
import functools
import importlib
import json
import os
import sys
from urllib.parse import urlparse

from tencentcloud import __version__
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

VERSIONS = {"iai": "2018-03-01", "organization": "2021-03-31", "sts": "2018-08-13"}
BINDINGS = {
    "tc3-post": ("TC3-HMAC-SHA256", "POST"),
    "tc3-get": ("TC3-HMAC-SHA256", "GET"),
    "v1-get-sha1": ("HmacSHA1", "GET"),
    "v1-get-sha256": ("HmacSHA256", "GET"),
    "v1-post-sha1": ("HmacSHA1", "POST"),
    "v1-post-sha256": ("HmacSHA256", "POST"),
}
ONLY_COMMON = "--common" in sys.argv
CREDENTIAL = Credential(os.environ["ASSAY_ID"], os.environ["ASSAY_KEY"])


def hello():
    return {
        "sdk": "tencentcloud-sdk-python-common" if ONLY_COMMON else "tencentcloud-sdk-python",
        "version": __version__,
        "actions": [f"tencent/{service}/*" for service in VERSIONS],
        "bindings": list(BINDINGS),
        "can": ["timeout"],
        "lossless": True,
    }


@functools.lru_cache(maxsize=None)
def typed(service):
    """The class of the typed client and the module of its models; None where the package is not installed."""
    package = f"tencentcloud.{service}.v{VERSIONS[service].replace('-', '')}"
    try:
        client = importlib.import_module(f"{package}.{service}_client")
    except ImportError:
        return None, None
    return getattr(client, f"{service.capitalize()}Client"), importlib.import_module(f"{package}.models")


def call(request):
    _, service, name = request["call"].split("/")
    if service not in VERSIONS:
        return {"unsupported": f"no client for {request['call']}"}
    sign, method = BINDINGS[request["binding"]]
    endpoint = urlparse(os.environ["ASSAY_ENDPOINT"]).netloc
    http = HttpProfile(protocol="http", endpoint=endpoint, reqMethod=method, reqTimeout=request["timeout"])
    profile = ClientProfile(signMethod=sign, httpProfile=http)
    client_class, models = (None, None) if ONLY_COMMON else typed(service)
    try:
        if not hasattr(client_class, name):
            client = CommonClient(service, VERSIONS[service], CREDENTIAL, "", profile=profile)
            body = client.call_json(name, request["members"])
            return success(body.get("Response", body))
        model = getattr(models, f"{name}Request")()
        missing = [member for member in request["members"] if not hasattr(model, member)]
        if missing:
            return {"unsupported": f"{name}Request has no member {missing[0]}"}
        model.from_json_string(json.dumps(request["members"]))
        return success(getattr(client_class(CREDENTIAL, "", profile), name)(model)._serialize())
    except TencentCloudSDKException as error:
        # The SDK has codes of its own for what is no refusal; they come without a request id.
        code, request_id = str(error.get_code()), error.get_request_id()
        kind = "api" if request_id else "network"
        return {"error": {"kind": kind, "code": code, "message": str(error.get_message()), "requestId": request_id}}
    except Exception as error:
        return {"error": {"kind": "crash", "code": type(error).__name__, "message": str(error)}}


def success(output):
    return {"ok": output, "requestId": output.get("RequestId")}


for line in sys.stdin:
    message = json.loads(line)
    print(json.dumps({"id": message["id"], **(hello() if "hello" in message else call(message))}), flush=True)
