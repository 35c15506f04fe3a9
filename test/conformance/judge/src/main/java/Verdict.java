import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.utilities.validation.ValidationMessage;

/** What the validator says about one resource. */
record Verdict(String resource, List<Issue> issues) {
  private static final ObjectMapper JSON = new ObjectMapper();

  record Issue(String severity, String at, String id, String text) {}

  static Verdict of(String resource, List<SingleValidationMessage> messages) {
    return sorted(
        resource,
        messages.stream().filter(message -> !isAllGood(message)).map(Verdict::issue).toList());
  }

  /** The same of the second engine. */
  static Verdict ofMessages(String resource, List<ValidationMessage> messages) {
    return sorted(resource, messages.stream().map(Verdict::issueOf).toList());
  }

  /** Sorted, because the validator's own order is not the same in every run. */
  private static Verdict sorted(String resource, List<Issue> issues) {
    Comparator<Issue> order =
        Comparator.comparing(Issue::at).thenComparing(Issue::id).thenComparing(Issue::text);
    return new Verdict(resource, issues.stream().sorted(order).toList());
  }

  /** The validator throws on some broken resources: that is a verdict too, never a pass. */
  static Verdict thrown(String resource, Throwable cause) {
    String id = "THROWN " + cause.getClass().getSimpleName();
    return new Verdict(resource, List.of(new Issue("fatal", "", id, String.valueOf(cause.getMessage()))));
  }

  long errors() {
    return count("error") + count("fatal");
  }

  String toJson() {
    ObjectNode verdict = JSON.createObjectNode();
    verdict.put("resource", resource);
    verdict.put("errors", errors());
    verdict.put("warnings", count("warning"));
    ArrayNode list = verdict.putArray("issues");
    for (Issue issue : issues) {
      ObjectNode entry = list.addObject();
      entry.put("severity", issue.severity());
      entry.put("at", issue.at());
      entry.put("id", issue.id());
      entry.put("text", issue.text());
    }
    return verdict.toString();
  }

  private long count(String severity) {
    return issues.stream().filter(issue -> issue.severity().equals(severity)).count();
  }

  /** A resource without any issue gets one message that says so. */
  private static boolean isAllGood(SingleValidationMessage message) {
    return message.getMessageId() == null && message.getMessage().startsWith("No issues detected");
  }

  private static Issue issue(SingleValidationMessage message) {
    return new Issue(
        message.getSeverity().getCode(),
        orEmpty(message.getLocationString()),
        orEmpty(message.getMessageId()),
        orEmpty(message.getMessage()));
  }

  private static Issue issueOf(ValidationMessage message) {
    return new Issue(
        message.getLevel().toCode(),
        orEmpty(message.getLocation()),
        orEmpty(message.getMessageId()),
        orEmpty(message.getMessage()));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
