import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.*;
import java.io.*;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.regex.*;

/** Drives tencentcloud-sdk-java: the typed client of a service where it has one, else the common client. */
public class Driver {
  static final Map<String, String> VERSIONS = Map.of("iai", "2018-03-01", "organization", "2021-03-31", "sts", "2018-08-13");
  static final Map<String, String> SIGNATURES = Map.of("tc3", "TC3-HMAC-SHA256", "sha1", "HmacSHA1", "sha256", "HmacSHA256");
  /** The strings and numbers of a JSON text. */
  static final Pattern TOKENS = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|-?\\d[\\d.eE+-]*");
  static final String HELLO = """
      {"sdk": "tencentcloud-sdk-java", "version": "%s", "can": ["timeout"], "lossless": true,
       "actions": ["tencent/iai/*", "tencent/organization/*", "tencent/sts/*"],
       "bindings": ["tc3-post", "tc3-get", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"]}""";

  static String call(String service, String name, JsonObject call) throws Throwable {
    String[] binding = call.get("binding").getAsString().split("-"); // tc3-METHOD or v1-METHOD-HASH
    HttpProfile http = new HttpProfile();
    http.setProtocol("http://");
    http.setEndpoint(URI.create(System.getenv("ASSAY_ENDPOINT")).getAuthority());
    http.setReqMethod(binding[1].toUpperCase());
    http.setReadTimeout((int) Math.ceil(call.get("timeout").getAsDouble()));
    ClientProfile profile = new ClientProfile(SIGNATURES.get(binding[binding[0].equals("tc3") ? 0 : 2]), http);
    Credential key = new Credential(System.getenv("ASSAY_ID"), System.getenv("ASSAY_KEY"));
    String members = call.get("members").toString().replaceAll("\\{\"\\$int\":\"(-?\\d+)\"}", "$1");
    String folder = "com.tencentcloudapi." + service + ".v" + VERSIONS.get(service).replace("-", "");
    try {
      Class<?> type = Class.forName(folder + "." + service.substring(0, 1).toUpperCase() + service.substring(1) + "Client");
      Class<?> input = Class.forName(folder + ".models." + name + "Request");
      for (String member : call.getAsJsonObject("members").keySet())
        if (Arrays.stream(input.getMethods()).noneMatch(m -> m.getName().equals("set" + member)))
          throw new UnsupportedOperationException(input.getSimpleName() + " has no member " + member);
      Object client = type.getConstructor(Credential.class, String.class, ClientProfile.class).newInstance(key, "", profile);
      Object output = type.getMethod(name, input).invoke(client, AbstractModel.fromJsonString(members, input));
      return AbstractModel.toJsonString((AbstractModel) output);
    } catch (ClassNotFoundException none) {
      if (!call.get("binding").getAsString().equals("tc3-post"))
        throw new UnsupportedOperationException("CommonClient.call sends TC3 over POST");
      String body = new CommonClient(service, VERSIONS.get(service), key, "", profile).call(name, members);
      return JsonParser.parseString(body).getAsJsonObject().get("Response").toString();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  static JsonObject answer(JsonObject call) {
    if (call.has("hello")) return JsonParser.parseString(HELLO.formatted(AbstractClient.SDK_VERSION)).getAsJsonObject();
    JsonObject answer = new JsonObject(), error = new JsonObject();
    String[] path = call.get("call").getAsString().split("/");
    try {
      if (!VERSIONS.containsKey(path[1])) throw new UnsupportedOperationException("no client for " + path[1]);
      String output = TOKENS.matcher(call(path[1], path[2], call)).replaceAll(Driver::lossless);
      answer.add("ok", JsonParser.parseString(output));
      answer.add("requestId", answer.getAsJsonObject("ok").get("RequestId"));
      return answer;
    } catch (UnsupportedOperationException unsupported) {
      answer.addProperty("unsupported", unsupported.getMessage());
      return answer;
    } catch (TencentCloudSDKException refused) {
      String id = refused.getRequestId();
      error.addProperty("kind", id == null || id.isEmpty() ? "network" : "api"); // its own errors have no request id
      error.addProperty("code", Objects.requireNonNullElse(refused.getErrorCode(), ""));
      error.addProperty("requestId", id);
      error.addProperty("message", refused.toString());
    } catch (Throwable crash) {
      error.addProperty("kind", "crash");
      error.addProperty("message", crash.toString());
    }
    answer.add("error", error);
    return answer;
  }

  static String lossless(MatchResult token) {
    return token.group().matches("-?\\d{16,}") ? "{\"\\$int\":\"" + token.group() + "\"}" : Matcher.quoteReplacement(token.group());
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what the SDK prints
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonObject call = JsonParser.parseString(line).getAsJsonObject(), answer = answer(call);
      answer.add("id", call.get("id"));
      out.println(answer);
    }
  }
}
