import com.google.gson.*;
import java.io.PrintStream;
import java.lang.reflect.*;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.*;
import java.util.*;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.*;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.*;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.traits.*;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.utils.builder.Buildable;

/** Drives software.amazon.awssdk:rekognition: an action is the method of its name, and its members are the fields of the SDK. */
public class Driver {
  static final Map<String, Object> HELLO = Map.of("sdk", "software.amazon.awssdk:rekognition", "version", VersionInfo.SDK_VERSION,
      "actions", List.of("aws/rekognition/*"), "bindings", List.of("awsjson11"), "can", List.of("timeout", "retries"), "lossless", true);

  static AwsResponse send(Method method, JsonObject call) throws Throwable {
    Duration timeout = Duration.ofMillis((long) (call.get("timeout").getAsDouble() * 1000));
    var key = AwsBasicCredentials.create(System.getenv("ASSAY_ID"), System.getenv("ASSAY_KEY"));
    SdkPojo input = (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
    try (RekognitionClient client = RekognitionClient.builder().region(Region.US_EAST_1)
        .endpointOverride(URI.create(System.getenv("ASSAY_ENDPOINT"))).overrideConfiguration(configuration -> {
          configuration.apiCallAttemptTimeout(timeout);
          if (call.has("retries")) configuration.retryStrategy(r -> r.maxAttempts(call.get("retries").getAsInt() + 1));
        }).credentialsProvider(StaticCredentialsProvider.create(key)).build()) {
      return (AwsResponse) method.invoke(client, build(input, call.getAsJsonObject("members")));
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  static Object build(SdkPojo builder, JsonObject members) {
    for (String name : members.keySet()) {
      SdkField<?> field = builder.sdkFields().stream().filter(f -> f.locationName().equals(name)).findFirst()
          .orElseThrow(() -> new UnsupportedOperationException("the SDK has no member " + name));
      field.set(builder, toSdk(members.get(name), field));
    }
    return ((Buildable) builder).build();
  }

  static Object toSdk(JsonElement value, SdkField<?> field) {
    if (value instanceof JsonArray items)
      return items.asList().stream().map(item -> toSdk(item, field.getTrait(ListTrait.class).memberFieldInfo())).toList();
    if (value instanceof JsonObject members) {
      if (members.has("$int")) return toSdk(members.get("$int"), field);
      if (members.has("$base64")) return SdkBytes.fromByteArray(Base64.getDecoder().decode(members.get("$base64").getAsString()));
      if (field.constructor() != null) return build(field.constructor().get(), members);
      return members.asMap().entrySet().stream().collect(Collectors.toMap(
          Map.Entry::getKey, member -> toSdk(member.getValue(), field.getTrait(MapTrait.class).valueFieldInfo())));
    }
    return new Gson().fromJson(value, field.marshallingType().getTargetClass());
  }

  static Object fromSdk(Object value) {
    if (value instanceof Long number && Math.abs(number) >= 1L << 53) return Map.of("$int", number.toString());
    if (value instanceof SdkBytes bytes) return Map.of("$base64", Base64.getEncoder().encodeToString(bytes.asByteArray()));
    if (value instanceof List<?> list) return list.stream().map(Driver::fromSdk).toList();
    if (!(value instanceof SdkPojo pojo)) return value instanceof Instant ? value.toString() : value;
    Map<String, Object> members = new HashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) members.put(field.locationName(), fromSdk(field.getValueOrDefault(pojo)));
    return members;
  }

  static Map<String, ?> call(JsonObject call) {
    String name = call.get("call").getAsString().replace("aws/rekognition/", "");
    var method = Arrays.stream(RekognitionClient.class.getMethods()).filter(m -> m.getName().equalsIgnoreCase(name)
        && m.getParameterCount() == 1 && SdkPojo.class.isAssignableFrom(m.getParameterTypes()[0])).findFirst();
    if (method.isEmpty()) return Map.of("unsupported", "the client has no method for " + name);
    try {
      AwsResponse output = send(method.get(), call);
      return Map.of("ok", fromSdk(output), "requestId", Objects.requireNonNullElse(output.responseMetadata().requestId(), ""));
    } catch (UnsupportedOperationException unsupported) {
      return Map.of("unsupported", unsupported.getMessage());
    } catch (Throwable thrown) {
      var refused = thrown instanceof AwsServiceException exception ? exception : AwsServiceException.builder().build();
      String code = refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
      return Map.of("error", Map.of("kind", code != null ? "api" : thrown instanceof SdkException ? "network" : "crash", "code",
          code == null ? "" : code, "message", thrown.toString(), "requestId", Objects.requireNonNullElse(refused.requestId(), "")));
    }
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Scanner in = new Scanner(System.in, StandardCharsets.UTF_8); in.hasNextLine(); ) {
      JsonObject call = JsonParser.parseString(in.nextLine()).getAsJsonObject();
      Map<String, Object> answer = new HashMap<>(call.has("hello") ? HELLO : call(call));
      answer.put("id", call.get("id"));
      out.println(new Gson().toJson(answer));
    }
  }
}
