import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidationEngine;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;

/**
 * HL7's own engine without a terminology server: it judges definitions, displays and canonicals, which the first one
 * does not. It finds R4's definitions in the home folder that the script lays out.
 */
class SecondEngine implements Engine {
  /** Systems that this engine would ask a terminology server for: lists of the codes that we use. */
  private static final List<String> LISTED = List.of("ucum", "mime-types");

  private final ValidationEngine engine;
  private final InstanceValidator validator;

  SecondEngine(List<Path> packages, BestPracticeWarningLevel bestPractice) throws Exception {
    engine =
        new ValidationEngine.ValidationEngineBuilder()
            .withVersion("4.0.1")
            .withNoTerminologyServer()
            .withCanRunWithoutTerminologyServer(true)
            .withThoVersion(null)
            .withExtensionsVersion(null)
            .fromSource("hl7.fhir.r4.core#4.0.1");
    for (String name : LISTED) {
      load(listed(name));
    }
    for (Path path : packages) {
      load(path);
    }
    engine.setBestPracticeLevel(bestPractice);
    // An extension that nobody defined is an error here: our package must define all that we use.
    engine.setAnyExtensionsAllowed(false);
    // Identifiers of examples and templates lead nowhere on purpose.
    engine.setAllowExampleUrls(true);
    engine.setShowMessagesFromReferences(false);
    engine.setPolicyAdvisor(
        new BasePolicyAdvisorForFullValidation(
            ReferenceValidationPolicy.CHECK_TYPE_IF_EXISTS, Set.of()));
    engine.prepare();
    // One for all resources: the engine would make a new one for each, and each would read all of R4 once more, for
    // the contexts of extensions.
    validator = engine.getValidator(FhirFormat.JSON);
  }

  @Override
  public Verdict judge(String name, String text) {
    List<ValidationMessage> messages = new ArrayList<>();
    try {
      InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      validator.validate(null, messages, bytes, FhirFormat.JSON, List.of());
    } catch (Exception e) {
      return Verdict.thrown(name, e);
    }
    return Verdict.ofMessages(name, messages);
  }

  private void load(Path path) throws Exception {
    engine.getIgLoader().loadIg(engine.getIgs(), engine.getBinaries(), path.toString(), true);
  }

  private static Path listed(String name) throws Exception {
    Path file = Files.createTempFile(name, ".json");
    file.toFile().deleteOnExit();
    try (InputStream in = SecondEngine.class.getResourceAsStream("/second-engine/" + name + ".json")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }
}
