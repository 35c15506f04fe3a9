import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Definitions beside R4's own: a FHIR package, a folder or a file. */
class Definitions extends PrePopulatedValidationSupport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SERVED_BY_PARENT =
      Set.of("StructureDefinition", "ValueSet", "CodeSystem", "SearchParameter");

  private final Map<String, IBaseResource> others = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  Definitions() {
    super(FhirContext.forR4Cached());
  }

  Map<String, Integer> counts() {
    return counts;
  }

  void load(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      loadFolder(path);
    } else if (path.toString().endsWith(".tgz")) {
      loadPackage(path);
    } else {
      add(path.toString(), Files.readAllBytes(path));
    }
  }

  /** The parent serves no Questionnaires, and without theirs QuestionnaireResponses are not checked at all. */
  @Override
  public <T extends IBaseResource> T fetchResource(Class<T> type, String uri) {
    T found = super.fetchResource(type, uri);
    if (found != null || type == null || uri == null) {
      return found;
    }
    IBaseResource other = others.get(uri);
    return type.isInstance(other) ? type.cast(other) : null;
  }

  private void loadFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      add(file.toString(), Files.readAllBytes(file));
    }
  }

  private void loadPackage(Path tgz) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(tgz))))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        // Definitions lie directly in package/; its folders hold examples and the like.
        if (entry.getName().matches("package/[^/]+\\.json")) {
          add(entry.getName(), tar.readAllBytes());
        }
        entry = tar.getNextEntry();
      }
    }
  }

  private void add(String name, byte[] bytes) throws IOException {
    if (!name.endsWith(".json")) {
      return;
    }
    JsonNode json = JSON.readTree(bytes);
    String type = json.path("resourceType").asText();
    // Only definitions have a url: an instance (an example) must not become one.
    if (type.isEmpty() || !json.has("url")) {
      return;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    IBaseResource resource = getFhirContext().newJsonParser().parseResource(text);
    if (SERVED_BY_PARENT.contains(type)) {
      addResource(resource);
    } else {
      String url = json.path("url").asText();
      others.put(url, resource);
      others.put(url + "|" + json.path("version").asText(), resource);
    }
    counts.merge(type, 1, Integer::sum);
  }
}
