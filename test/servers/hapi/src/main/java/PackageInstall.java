import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.packages.PackageInstallationSpec;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** POST ImplementationGuide/$install with npmContent, as HAPI's starter project has it. */
public class PackageInstall {
  private final IPackageInstallerSvc installer;

  PackageInstall(IPackageInstallerSvc installer) {
    this.installer = installer;
  }

  @Operation(name = "$install", typeName = "ImplementationGuide")
  public Parameters install(
      @OperationParam(name = "npmContent", min = 1, max = 1) Base64BinaryType npmContent) {
    install(installer, npmContent.getValue());
    return new Parameters();
  }

  static void install(IPackageInstallerSvc installer, byte[] tgz) {
    NpmPackage npm = read(tgz);
    PackageInstallationSpec spec = new PackageInstallationSpec();
    spec.setName(npm.name());
    spec.setVersion(npm.version());
    spec.setPackageContents(tgz);
    // HAPI's own list has no Questionnaire: the forms of a package would be left out without a word.
    spec.addInstallResourceTypes(
        "StructureDefinition",
        "CodeSystem",
        "ValueSet",
        "ConceptMap",
        "NamingSystem",
        "SearchParameter",
        "Questionnaire",
        "PlanDefinition",
        "ActivityDefinition");
    spec.setInstallMode(PackageInstallationSpec.InstallModeEnum.STORE_AND_INSTALL);
    installer.install(spec);
  }

  private static NpmPackage read(byte[] tgz) {
    try {
      return NpmPackage.fromPackage(new ByteArrayInputStream(tgz));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
