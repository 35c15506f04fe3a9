import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.IValidatorResourceFetcher;
import org.hl7.fhir.validation.instance.InstanceValidator;

/**
 * Answers a literal reference with an empty resource of the type it names. Without an answer the
 * validator cannot see the target's type, and a reference to a wrong type passes.
 */
class ReferenceStubs implements IValidatorResourceFetcher {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.\\-]{1,64})(?:/_history/[A-Za-z0-9.\\-]{1,64})?$");

  @Override
  public Element fetch(IResourceValidator validator, Object context, String url) {
    Matcher reference = REFERENCE.matcher(url);
    if (!reference.find()) {
      return null;
    }
    String stub =
        "{\"resourceType\":\"%s\",\"id\":\"%s\"}"
            .formatted(reference.group(1), reference.group(2));
    try {
      return Manager.parseSingle(
          ((InstanceValidator) validator).getContext(),
          new ByteArrayInputStream(stub.getBytes(StandardCharsets.UTF_8)),
          Manager.FhirFormat.JSON);
    } catch (Exception e) {
      // Not a type of R4: the validator then reports the reference as it stands.
      return null;
    }
  }

  /** There is no network here, so no address is judged by whether it answers. */
  @Override
  public boolean resolveURL(
      IResourceValidator validator,
      Object context,
      String path,
      String url,
      String type,
      boolean canonical,
      List<CanonicalType> targets) {
    return true;
  }

  @Override
  public byte[] fetchRaw(IResourceValidator validator, String url) {
    throw new UnsupportedOperationException();
  }

  @Override
  public IValidatorResourceFetcher setLocale(Locale locale) {
    return this;
  }

  @Override
  public CanonicalResource fetchCanonicalResource(
      IResourceValidator validator, Object context, String url) {
    return null;
  }

  @Override
  public boolean fetchesCanonicalResource(IResourceValidator validator, String url) {
    return false;
  }

  @Override
  public Set<ResourceVersionInformation> fetchCanonicalResourceVersions(
      IResourceValidator validator, Object context, String url) {
    return Set.of();
  }
}
