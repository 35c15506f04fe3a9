import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Verdicts over HTTP on loopback: a GET answers 200 as soon as the validator is warm, a POST is judged. */
class JudgeServer {
  private final Engine validator;

  JudgeServer(Engine validator) {
    this.validator = validator;
  }

  /** Does not return: the process ends by a signal. */
  void serve(int port) throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", this::answer);
    // The first verdict loads the definitions (seconds); whoever waits for the port shall not wait again.
    validator.judge("warm-up", "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"-\"}}");
    server.start();
    Thread.currentThread().join();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String answer;
    int status = 200;
    try {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      answer = exchange.getRequestMethod().equals("POST") ? judge(exchange, body) : "";
    } catch (RuntimeException e) {
      status = 500;
      answer = e.toString();
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String judge(HttpExchange exchange, String body) {
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    List<String> resources =
        type.contains("ndjson")
            ? Arrays.stream(body.split("\n")).filter(line -> !line.isBlank()).toList()
            : List.of(body);
    // In parallel, for two cores; collecting keeps the order.
    return resources.parallelStream()
        .map(text -> validator.judge("body", text).toJson() + "\n")
        .collect(Collectors.joining());
  }
}
