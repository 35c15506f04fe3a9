import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Lays out R4's own definitions as the package hl7.fhir.r4.core#4.0.1, the way SUSHI and HL7's
 * tools find packages in a home folder: from HL7's XML, which Maven Central carries, so that
 * neither a network nor a changed copy comes in.
 */
class CoreLayout {
  private static final String NAME = "hl7.fhir.r4.core";
  private static final String VERSION = "4.0.1";
  private static final List<String> SOURCES =
      List.of(
          "profile/profiles-types.xml",
          "profile/profiles-resources.xml",
          "profile/profiles-others.xml",
          "extension/extension-definitions.xml",
          "valueset/valuesets.xml",
          "valueset/v2-tables.xml",
          "valueset/v3-codesystems.xml");
  private static final List<String> INDEXED =
      List.of("resourceType", "id", "url", "version", "kind", "type", "derivation", "content");

  private final FhirContext context = FhirContext.forR4Cached();
  private final ObjectMapper json = new ObjectMapper();
  private final ArrayNode index = json.createArrayNode();
  private final Set<String> written = new HashSet<>();
  private final Path folder;

  CoreLayout(Path packages) {
    folder = packages.resolve(NAME + "#" + VERSION).resolve("package");
  }

  void write() throws IOException {
    Files.createDirectories(folder);
    for (String source : SOURCES) {
      String name = "/org/hl7/fhir/r4/model/" + source;
      try (InputStream in = CoreLayout.class.getResourceAsStream(name)) {
        Bundle bundle = context.newXmlParser().parseResource(Bundle.class, in);
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
          write(entry.getResource());
        }
      }
    }
    ObjectNode contents = json.createObjectNode().put("index-version", 2);
    contents.set("files", index);
    Files.writeString(folder.resolve(".index.json"), contents.toString());
    Files.writeString(folder.resolve("package.json"), manifest().toString());
  }

  private void write(Resource resource) throws IOException {
    String id = resource.getIdElement().getIdPart();
    String file = resource.fhirType() + "-" + id + ".json";
    // The tables of version 2 repeat some of what came before.
    if (id == null || !written.add(file)) {
      return;
    }
    resource.setId(id);
    IParser parser = context.newJsonParser();
    String text = parser.encodeResourceToString(resource);
    Files.write(folder.resolve(file), text.getBytes(StandardCharsets.UTF_8));
    JsonNode whole = json.readTree(text);
    ObjectNode line = index.addObject().put("filename", file);
    for (String name : INDEXED) {
      if (whole.path(name).isTextual()) {
        line.put(name, whole.get(name).asText());
      }
    }
  }

  private ObjectNode manifest() {
    ObjectNode manifest = json.createObjectNode();
    manifest.put("name", NAME).put("version", VERSION).put("type", "Core");
    manifest.putArray("fhirVersions").add(VERSION);
    manifest.put("canonical", "http://hl7.org/fhir").put("url", "http://hl7.org/fhir/R4");
    manifest.put("title", "FHIR R4 core").put("tools-version", 3).putObject("dependencies");
    return manifest;
  }
}
