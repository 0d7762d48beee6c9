"""Drives the client rekognition of boto3: every operation that it has, by the name of its method."""
import base64
import functools
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError


@functools.lru_cache(maxsize=None)
def client_with(timeout, retries):
    """Without `retries`, the default of the SDK. Seconds."""
    config = Config(connect_timeout=timeout, read_timeout=timeout)
    if retries is not None:
        config = config.merge(Config(retries={"total_max_attempts": retries + 1}))
    return boto3.client(
        "rekognition",
        region_name="us-east-1",
        endpoint_url=os.environ["ASSAY_ENDPOINT"],
        aws_access_key_id=os.environ["ASSAY_ID"],
        aws_secret_access_key=os.environ["ASSAY_KEY"],
        config=config,
    )


methods = {f"aws/rekognition/{name}": method for method, name in client_with(1, 0).meta.method_to_api_mapping.items()}


def hello():
    return {
        "sdk": "boto3",
        "version": boto3.__version__,
        "actions": list(methods),
        "bindings": ["awsjson11"],
        "can": ["timeout", "retries"],
        "lossless": True,
    }


def call(request):
    method = methods.get(request["call"])
    if method is None:
        return {"unsupported": f"boto3 has no operation {request['call']}"}
    client = client_with(request["timeout"], request.get("retries"))
    try:
        output = getattr(client, method)(**request["members"])
        meta = output.pop("ResponseMetadata", {})
        return {"ok": to_lossless(output), "requestId": meta.get("RequestId")}
    except ClientError as error:
        code, meta = str(error.response["Error"].get("Code")), error.response.get("ResponseMetadata", {})
        # Where it finds no code, boto3 names the HTTP status.
        kind = "network" if code.isdigit() else "api"
        return {"error": {"kind": kind, "code": code, "message": str(error), "requestId": meta.get("RequestId")}}
    except ParamValidationError as error:
        return failure("client", error)
    except BotoCoreError as error:
        return failure("network", error)
    except Exception as error:
        return failure("crash", error)


def failure(kind, error):
    return {"error": {"kind": kind, "code": type(error).__name__, "message": str(error)}}


def to_lossless(value):
    if isinstance(value, dict):
        return {name: to_lossless(member) for name, member in value.items()}
    if isinstance(value, list):
        return [to_lossless(item) for item in value]
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return {"$int": str(value)}
    return value if isinstance(value, (str, int, float, type(None))) else str(value)


def from_lossless(value):
    if list(value) == ["$int"]:
        return int(value["$int"])
    return base64.b64decode(value["$base64"]) if list(value) == ["$base64"] else value


for line in sys.stdin:
    message = json.loads(line, object_hook=from_lossless)
    print(json.dumps({"id": message["id"], **(hello() if "hello" in message else call(message))}), flush=True)
